package dev.millrace.models.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/** The deep-learning engine, chosen by name: another one on the class path is not picked up. */
final class TrainingEngine {
  private static final String OFFLINE = "ai.djl.offline";

  private TrainingEngine() {}

  static NDManager newManager() {
    return engine().newBaseManager();
  }

  static Engine engine() {
    // Natives come from the class path; without this the engine asks the network for them.
    if (System.getProperty(OFFLINE) == null) {
      System.setProperty(OFFLINE, "true");
    }
    return Engine.getEngine("PyTorch");
  }

  /** Sets what the engine keeps for the process: its random state and its threads. */
  static void configure(long seed, int threads) {
    engine().setRandomSeed(Long.hashCode(seed));
    JniUtils.setNumThreads(threads);
  }
}
