package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.IntBuffer;
import org.junit.jupiter.api.Test;

class LazyRowAdamTest {
  private static final AdamConfig CONFIG = new AdamConfig(0.1, 0.9, 0.999, 1e-8);

  @Test
  void shouldFollowTheAlgorithmOnRowsThatEveryStepTouches() {
    EmbeddingTable table = new EmbeddingTable(new float[] {1, 2}, 1);
    LazyRowAdam adam = new LazyRowAdam(CONFIG, table);
    TouchedRows touched = touching(1);
    float[] gradients = {0.5f, -0.25f, 2};
    double value = 2;
    double first = 0;
    double second = 0;
    for (int step = 1; step <= gradients.length; step++) {
      float gradient = gradients[step - 1];
      adam.update(new float[] {gradient}, touched, step);
      first = 0.9 * first + 0.1 * gradient;
      second = 0.999 * second + 0.001 * gradient * gradient;
      value -=
          0.1
              * (first / (1 - Math.pow(0.9, step)))
              / (Math.sqrt(second / (1 - Math.pow(0.999, step))) + 1e-8);
      assertThat((double) table.values()[1]).isCloseTo(value, within(1e-6));
    }
    assertThat(table.values()[0]).isEqualTo(1);
  }

  @Test
  void shouldLeaveARowAloneWhileNothingTouchesIt() {
    EmbeddingTable table = new EmbeddingTable(new float[] {1, 2}, 1);
    LazyRowAdam adam = new LazyRowAdam(CONFIG, table);
    adam.update(new float[] {1, 1}, touching(0, 1), 1);
    float after = table.values()[0];
    adam.update(new float[] {1}, touching(1), 2);
    assertThat(table.values()[0]).isEqualTo(after);
    assertThat(table.values()[1]).isCloseTo(1.8f, within(1e-5f));
  }

  private static TouchedRows touching(int... rows) {
    TouchedRows touched = new TouchedRows(2);
    touched.compact(IntBuffer.wrap(rows));
    return touched;
  }
}
