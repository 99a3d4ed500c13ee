package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.models.network.EmbeddingLayout;
import java.nio.IntBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowAdamTest {
  private static final AdamConfig CONFIG = new AdamConfig(0.1, 0.9, 0.999, 1e-8);
  private static final RowRule LAZY = new RowRule(RowUpdates.LAZY, Penalty.NONE);
  private static final RowRule EVERY_ROW = new RowRule(RowUpdates.EVERY_ROW, Penalty.NONE);

  @ParameterizedTest
  @EnumSource
  void shouldFollowTheAlgorithmOnRowsThatEveryStepTouches(RowUpdates updates) {
    EmbeddingTable table = new EmbeddingTable(new float[] {1, 2}, 1, 2);
    RowAdam adam = new RowAdam(table);
    float[] gradients = {0.5f, -0.25f, 2};
    Expected expected = new Expected(2);
    for (int step = 1; step <= gradients.length; step++) {
      float[] gradient = {gradients[step - 1]};
      adam.update(gradient, touching(1), new RowRule(updates, Penalty.NONE), step(step));
      expected.step(gradients[step - 1], step);
      assertThat((double) table.values()[1]).isCloseTo(expected.value, within(1e-6));
    }
    assertThat(table.values()[0]).isEqualTo(1);
  }

  @Test
  void shouldLeaveARowAloneWhileNothingTouchesItUnlessEveryRowMoves() {
    EmbeddingTable lazy = new EmbeddingTable(new float[] {1, 2}, 1, 2);
    EmbeddingTable every = new EmbeddingTable(new float[] {1, 2}, 1, 2);
    moveBothThenTheSecond(new RowAdam(lazy), LAZY);
    moveBothThenTheSecond(new RowAdam(every), EVERY_ROW);
    assertThat(lazy.values()[0]).isCloseTo(0.9f, within(1e-6f));
    Expected expected = new Expected(1);
    expected.step(1, 1);
    expected.step(0, 2);
    assertThat((double) every.values()[0]).isCloseTo(expected.value, within(1e-6));
    assertThat(every.values()[0]).isLessThan(0.85f);
    assertThat(lazy.values()[1]).isEqualTo(every.values()[1]);
  }

  private static void moveBothThenTheSecond(RowAdam adam, RowRule rule) {
    adam.update(new float[] {1, 1}, touching(0, 1), rule, step(1));
    adam.update(new float[] {1}, touching(1), rule, step(2));
  }

  @Test
  void shouldAddThePenaltyToTheGradientOfTheRowsThatMove() {
    Penalty l2 = Penalty.l2(0.5);
    EmbeddingTable lazy = new EmbeddingTable(new float[] {1, 2}, 1, 2);
    EmbeddingTable every = new EmbeddingTable(new float[] {1, 2}, 1, 2);
    new RowAdam(lazy)
        .update(new float[] {0}, touching(1), new RowRule(RowUpdates.LAZY, l2), step(1));
    new RowAdam(every)
        .update(new float[] {0}, touching(1), new RowRule(RowUpdates.EVERY_ROW, l2), step(1));
    // The first step moves by the learning rate against the sign of the gradient.
    assertThat(lazy.values()).containsExactly(new float[] {1, 1.9f}, within(1e-6f));
    assertThat(every.values()).containsExactly(new float[] {0.9f, 1.9f}, within(1e-6f));
  }

  @ParameterizedTest
  @EnumSource
  void shouldNeverMoveTheRowsBehindTheMovableOnes(RowUpdates updates) {
    EmbeddingTable table = new EmbeddingTable(new float[] {1, 2, 0, 0}, 2, 1);
    RowRule rule = new RowRule(updates, value -> 1);
    new RowAdam(table).update(new float[] {3, 3, 4, 4}, touching(1, 0), rule, step(1));
    assertThat(table.values()).containsExactly(new float[] {0.9f, 1.9f, 0, 0}, within(1e-6f));
  }

  @ParameterizedTest
  @EnumSource
  void shouldFollowTheAlgorithmWhateverTheWidth(RowUpdates updates) {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    for (int dim : new int[] {1, 3, 8, 16, 37}) {
      EmbeddingTable table = new EmbeddingTable(new float[2 * dim], dim, 2);
      RowAdam adam = new RowAdam(table);
      Expected[] expected = new Expected[dim];
      for (int i = 0; i < dim; i++) {
        expected[i] = new Expected(0);
      }
      for (int step = 1; step <= 20; step++) {
        float[] gradient = new float[dim];
        for (int i = 0; i < dim; i++) {
          gradient[i] = (float) random.nextDouble(-1, 1);
          expected[i].step(gradient[i], step);
        }
        adam.update(gradient, touching(1), new RowRule(updates, Penalty.NONE), step(step));
      }
      for (int i = 0; i < dim; i++) {
        assertThat((double) table.values()[dim + i])
            .as("dim %d, value %d, seed %d", dim, i, seed)
            .isCloseTo(expected[i].value, within(1e-5));
      }
    }
  }

  /** The algorithm as the paper writes it, in double precision. */
  private static final class Expected {
    private double value;
    private double first;
    private double second;

    Expected(double value) {
      this.value = value;
    }

    void step(double gradient, int t) {
      first = 0.9 * first + 0.1 * gradient;
      second = 0.999 * second + 0.001 * gradient * gradient;
      value -=
          0.1
              * (first / (1 - Math.pow(0.9, t)))
              / (Math.sqrt(second / (1 - Math.pow(0.999, t))) + 1e-8);
    }
  }

  private static AdamStep step(long t) {
    return AdamStep.of(CONFIG, CONFIG.learningRate(), t);
  }

  private static TouchedRows touching(int... rows) {
    TouchedRows touched = new TouchedRows(EmbeddingLayout.plain(2, 1, 1));
    touched.compact(IntBuffer.wrap(rows));
    return touched;
  }
}
