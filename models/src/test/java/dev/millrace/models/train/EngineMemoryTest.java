package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine computes with must not lie in memory that the garbage collector takes back. */
class EngineMemoryTest {
  private static final int VALUES = 64;
  private static final int ARRAYS = 200;

  private static float[] ones() {
    float[] ones = new float[VALUES];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Collects garbage and writes over the memory that it gave back. */
  private static List<ByteBuffer> collect() throws InterruptedException {
    System.gc();
    Thread.sleep(100);
    List<ByteBuffer> over = new ArrayList<>();
    for (int i = 0; i < 4 * ARRAYS; i++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(VALUES * Float.BYTES);
      while (buffer.hasRemaining()) {
        buffer.put((byte) 0x55);
      }
      over.add(buffer);
    }
    return over;
  }

  @Test
  void shouldKeepValuesThatWereRestored() throws InterruptedException {
    try (NDManager manager = TrainingEngine.newManager()) {
      List<NDArray> arrays = new ArrayList<>();
      for (int i = 0; i < ARRAYS; i++) {
        NDArray array = manager.zeros(new Shape(VALUES));
        EngineParameters.set(array, ones());
        arrays.add(array);
      }
      assertThat(collect()).hasSize(4 * ARRAYS);
      assertThat(arrays).allSatisfy(array -> assertThat(array.toFloatArray()).isEqualTo(ones()));
    }
  }

  @Test
  void shouldKeepValuesWhoseArrayIsClosedButInUse() throws InterruptedException {
    try (NDManager manager = TrainingEngine.newManager()) {
      List<NDArray> aliases = new ArrayList<>();
      for (int i = 0; i < ARRAYS; i++) {
        FloatBuffer values = FloatBuffer.wrap(ones());
        try (NDArray array = TrainingEngine.copy(manager, values, new Shape(VALUES))) {
          aliases.add(array.stopGradient());
        }
      }
      assertThat(collect()).hasSize(4 * ARRAYS);
      assertThat(aliases).allSatisfy(array -> assertThat(array.toFloatArray()).isEqualTo(ones()));
    }
  }
}
