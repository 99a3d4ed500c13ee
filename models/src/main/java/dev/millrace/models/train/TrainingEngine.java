package dev.millrace.models.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.Buffer;
import java.util.SplittableRandom;

/** The deep-learning engine, chosen by name: another one on the class path is not picked up. */
final class TrainingEngine {
  private static final String OFFLINE = "ai.djl.offline";

  private TrainingEngine() {}

  /** A manager of arrays on the CPU. */
  static NDManager newManager() {
    return newManager(TrainingDevice.CPU);
  }

  /**
   * A manager of arrays on a device.
   *
   * @throws IllegalArgumentException when there is no such device
   */
  static NDManager newManager(TrainingDevice device) {
    return engine().newBaseManager(resolve(device, engine().getGpuCount()));
  }

  static Device resolve(TrainingDevice device, int gpus) {
    return switch (device) {
      case AUTO -> gpus > 0 ? Device.gpu() : Device.cpu();
      case CPU -> Device.cpu();
      case GPU -> {
        if (gpus == 0) {
          throw new IllegalArgumentException(
              "device must be one that the engine finds, found GPU without any");
        }
        yield Device.gpu();
      }
    };
  }

  static Engine engine() {
    // Natives come from the class path; without this the engine asks the network for them.
    if (System.getProperty(OFFLINE) == null) {
      System.setProperty(OFFLINE, "true");
    }
    return Engine.getEngine("PyTorch");
  }

  /**
   * An array in memory of the engine's own. One that the engine makes of a buffer borrows the
   * buffer's memory, which the garbage collector takes back when the array is closed, also while
   * the gradients of a step still need it, or when another array takes the values over. It is also
   * aligned as it happens to be, and what a matrix product is to the last bit depends on that.
   *
   * @param values of a float or int array, on the heap or not
   */
  static NDArray copy(NDManager manager, Buffer values, Shape shape) {
    try (NDArray borrowed = manager.create(values, shape)) {
      return borrowed.duplicate();
    }
  }

  /**
   * The values of a float array on the heap. Of an array on a GPU the engine makes a copy on the
   * CPU first, which would stay until the array's manager is closed.
   */
  static float[] values(NDArray array) {
    if (!array.getDevice().isGpu()) {
      return array.toFloatArray();
    }
    try (NDArray copy = array.toDevice(Device.cpu(), true)) {
      return copy.toFloatArray();
    }
  }

  /** Sets the threads that the engine keeps for the process. */
  static void setThreads(int threads) {
    engine();
    JniUtils.setNumThreads(threads);
  }

  /**
   * Sets the random state that the engine keeps for the process, so that what a step draws depends
   * on the seed and the step only, not on the steps before it.
   */
  static void seed(long seed, long step) {
    JniUtils.setSeed(new SplittableRandom(seed ^ Long.rotateLeft(step, 32)).nextLong());
  }
}
