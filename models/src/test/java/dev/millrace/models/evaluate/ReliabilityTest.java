package dev.millrace.models.evaluate;

import static dev.millrace.models.evaluate.Reliability.Binning.EQUAL_MASS;
import static dev.millrace.models.evaluate.Reliability.Binning.EQUAL_WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReliabilityTest {
  private static final float[] PROBABILITIES = {0.05f, 0.15f, 0.25f, 0.6f, 0.9f, 1f};
  private static final float[] LABELS = {0, 0, 1, 1, 0, 1};

  @Test
  void shouldBinByMassAsComputedByHand() {
    Reliability reliability = reliability(PROBABILITIES, LABELS, EQUAL_MASS, 3);
    assertThat(reliability.bins()).extracting(Reliability.Bin::rows).containsExactly(2L, 2L, 2L);
    assertThat(reliability.bins()).extracting(Reliability.Bin::clicks).containsExactly(0L, 2L, 1L);
    // (|.1 - 0| + |.425 - 1| + |.95 - .5|) / 3
    assertThat(reliability.expectedCalibrationError().getAsDouble())
        .isCloseTo((0.1 + 0.575 + 0.45) / 3, within(1e-7));
  }

  @Test
  void shouldBinByWidthAndLeaveEmptyBinsOut() {
    Reliability reliability = reliability(PROBABILITIES, LABELS, EQUAL_WIDTH, 4);
    assertThat(reliability.bins())
        .extracting(Reliability.Bin::rows)
        .containsExactly(2L, 1L, 1L, 2L);
    assertThat(reliability(PROBABILITIES, LABELS, EQUAL_WIDTH, 1000).bins()).hasSize(6);
    // Probability 1 has no bin of its own.
    assertThat(reliability.bins().get(3).most()).isEqualTo(1);
  }

  @Test
  void shouldKeepRowsOfOneProbabilityTogether() {
    Reliability reliability =
        reliability(
            new float[] {0.1f, 0.2f, 0.2f, 0.2f, 0.2f, 0.9f},
            new float[] {0, 1, 0, 1, 0, 1},
            EQUAL_MASS,
            3);
    assertThat(reliability.bins()).extracting(Reliability.Bin::rows).containsExactly(5L, 1L);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldPutEveryRowIntoOneBin(long seed) {
    Scores scores = RandomScores.ungrouped(seed, 997, 0.7, 1 << 20);
    for (int bins : new int[] {1, 2, 15, 64, 996, 1000}) {
      Reliability reliability = Reliability.of(ScoreOrder.of(scores), EQUAL_MASS, bins, 0.95);
      assertThat(reliability.bins().stream().mapToLong(Reliability.Bin::rows).sum())
          .as("seed %d, bins %d", seed, bins)
          .isEqualTo(997);
      assertThat(reliability.bins()).as("seed %d", seed).hasSizeLessThanOrEqualTo(bins);
      assertThat(reliability.bins())
          .as("seed %d", seed)
          .allMatch(bin -> bin.rows() <= 997 / bins + 2);
    }
  }

  @Test
  void shouldHaveNoErrorWithoutRows() {
    assertThat(reliability(new float[0], new float[0], EQUAL_MASS, 15).expectedCalibrationError())
        .isEmpty();
  }

  @Test
  void shouldMatchWilsonsInterval() {
    // R: prop.test(3, 10, correct = FALSE)$conf.int
    Interval interval = Interval.wilson(3, 10, 0.95);
    assertThat(interval.lower()).isCloseTo(0.1077913, within(1e-7));
    assertThat(interval.upper()).isCloseTo(0.6032219, within(1e-7));
    assertThat(Interval.wilson(0, 10, 0.95).lower()).isZero();
    assertThat(Interval.wilson(10, 10, 0.95).upper()).isEqualTo(1);
  }

  private static Reliability reliability(
      float[] probabilities, float[] labels, Reliability.Binning binning, int bins) {
    return Reliability.of(ScoreOrder.of(Scores.of(probabilities, labels)), binning, bins, 0.95);
  }
}
