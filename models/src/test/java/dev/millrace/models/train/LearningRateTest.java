package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.models.evaluate.BinaryMetrics;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearningRateTest {
  @Test
  void shouldFallWhenTheAucHasNotRisenForSomeEpochsInARow() {
    LearningRate rate = rate(new Schedule.Plateau(0.5, 2));
    double[] aucs = {0.5, 0.75, 0.5, 0.75, 1, 0.75, 0.75, 0.75, 0.75};
    double[] expected = {8, 8, 8, 4, 4, 4, 2, 2, 1};
    for (int epoch = 0; epoch < aucs.length; epoch++) {
      rate.epochEnded(metrics(aucs[epoch]));
      assertThat(rate.rate()).as("epoch %d", epoch).isEqualTo(expected[epoch]);
    }
  }

  @Test
  void shouldStayWithoutAnAuc() {
    LearningRate rate = rate(new Schedule.Plateau(0.5, 1));
    for (int epoch = 0; epoch < 3; epoch++) {
      rate.epochEnded(BinaryMetrics.of(new float[] {0.5f}, new float[] {1}));
    }
    assertThat(rate.rate()).isEqualTo(8);
  }

  @Test
  void shouldStayWhenItIsConstant() {
    LearningRate rate = rate(Schedule.CONSTANT);
    rate.epochEnded(metrics(0.75));
    rate.epochEnded(metrics(0.5));
    assertThat(rate.rate()).isEqualTo(8);
  }

  @Test
  void shouldFallAlongHalfACosine() {
    LearningRate rate = rate(new Schedule.Cosine(4));
    double[] expected = {4 + 4 / Math.sqrt(2), 4, 4 - 4 / Math.sqrt(2), 0, 0};
    for (double value : expected) {
      rate.epochEnded(metrics(0.75));
      assertThat(rate.rate()).isCloseTo(value, within(1e-12));
    }
  }

  @Test
  void shouldGoOnWithTheCosineWhereItWasSaved() {
    LearningRate rate = rate(new Schedule.Cosine(4));
    rate.epochEnded(metrics(0.75));
    TrainingState state = new TrainingState();
    rate.save(state);
    LearningRate restored = rate(new Schedule.Cosine(4));
    restored.restore(state);
    restored.epochEnded(metrics(0.75));
    assertThat(restored.rate()).isCloseTo(4, within(1e-12));
  }

  private static LearningRate rate(Schedule schedule) {
    return new LearningRate(
        new TrainingConfig.Optimisation(
            AdamConfig.DEFAULT.withLearningRate(8), schedule, RowUpdates.LAZY, Optional.empty()));
  }

  /** Metrics of four examples, two of each class, with an AUC that is a multiple of 1/4. */
  private static BinaryMetrics metrics(double auc) {
    float[] probabilities =
        auc == 1
            ? new float[] {0.1f, 0.2f, 0.8f, 0.9f}
            : auc == 0.75 ? new float[] {0.1f, 0.5f, 0.4f, 0.9f} : new float[] {1, 1, 1, 1};
    return BinaryMetrics.of(probabilities, new float[] {0, 0, 1, 1});
  }
}
