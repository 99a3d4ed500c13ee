package dev.millrace.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryMetricsTest {
  @Test
  void shouldMatchValuesComputedByHand() {
    BinaryMetrics metrics =
        BinaryMetrics.of(new float[] {0.25f, 0.5f, 0.5f, 0.75f}, new float[] {0, 1, 0, 1});
    assertThat(metrics.rows()).isEqualTo(4);
    assertThat(metrics.positives()).isEqualTo(2);
    // Pairs (click, none): .5>.25, .5=.5, .75>.25, .75>.5: (1 + 0.5 + 1 + 1) / 4.
    assertThat(metrics.auc()).hasValue(0.875);
    // -(ln .75 + ln .5 + ln .5 + ln .75) / 4
    assertThat(metrics.logLoss().getAsDouble()).isCloseTo(0.4904146, within(1e-7));
    assertThat(metrics.calibration()).hasValue(1.0);
    // Placements: clicks {.75, 1}, none {1, .75}: each variance .03125, over 2 examples.
    assertThat(metrics.aucStandardError().getAsDouble())
        .isCloseTo(Math.sqrt(0.03125), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldAgreeWithAllPairsWhenManyScoresTie(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 50 + random.nextInt(200);
    float[] scores = new float[rows];
    float[] labels = new float[rows];
    for (int i = 0; i < rows; i++) {
      scores[i] = random.nextInt(11) / 10f;
      labels[i] = random.nextInt(3) == 0 ? 1 : 0;
    }
    BinaryMetrics metrics = BinaryMetrics.of(scores, labels);
    double[] oracle = deLongByAllPairs(scores, labels);
    assertThat(metrics.auc().getAsDouble()).as("seed %d", seed).isCloseTo(oracle[0], within(1e-12));
    assertThat(metrics.aucStandardError().getAsDouble())
        .as("seed %d", seed)
        .isCloseTo(oracle[1], within(1e-12));
  }

  @Test
  void shouldRankPerfectlyAndInversely() {
    float[] scores = {0.1f, 0.2f, 0.8f, 0.9f};
    assertThat(BinaryMetrics.of(scores, new float[] {0, 0, 1, 1}).auc()).hasValue(1);
    assertThat(BinaryMetrics.of(scores, new float[] {1, 1, 0, 0}).auc()).hasValue(0);
  }

  @Test
  void shouldTreatNegativeZeroAsZero() {
    float[] scores = {-0f, 0f};
    assertThat(BinaryMetrics.of(scores, new float[] {1, 0}).auc()).hasValue(0.5);
  }

  @Test
  void shouldLeaveUndefinedMetricsEmpty() {
    BinaryMetrics none = BinaryMetrics.of(new float[0], new float[0]);
    assertThat(none.auc()).isEmpty();
    assertThat(none.logLoss()).isEmpty();
    assertThat(none.calibration()).isEmpty();
    BinaryMetrics noClick = BinaryMetrics.of(new float[] {0.5f, 0.1f}, new float[] {0, 0});
    assertThat(noClick.auc()).isEmpty();
    assertThat(noClick.logLoss()).isPresent();
    assertThat(noClick.calibration()).isEmpty();
    BinaryMetrics oneEach = BinaryMetrics.of(new float[] {0.5f, 0.1f}, new float[] {1, 0});
    assertThat(oneEach.auc()).hasValue(1);
    assertThat(oneEach.aucStandardError()).isEmpty();
  }

  @Test
  void shouldClipTheLossOfACertainMistake() {
    BinaryMetrics metrics = BinaryMetrics.of(new float[] {0, 1}, new float[] {1, 0});
    assertThat(metrics.logLoss().getAsDouble()).isCloseTo(-Math.log(1e-7), within(1e-9));
  }

  @Test
  void shouldRefuseWhatIsNoProbabilityOrLabel() {
    assertThatThrownBy(() -> BinaryMetrics.of(new float[] {Float.NaN}, new float[] {1}))
        .hasMessage("probabilities[0] must be in [0, 1], found NaN");
    assertThatThrownBy(() -> BinaryMetrics.of(new float[] {0.5f}, new float[] {0.5f}))
        .hasMessage("labels[0] must be 0 or 1, found 0.5");
    assertThatThrownBy(() -> BinaryMetrics.of(new float[] {0.5f}, new float[0]))
        .hasMessage("labels must be 1 long, found 0");
  }

  /** The definition: AUC and DeLong's standard error from every pair of a click and a non-click. */
  private static double[] deLongByAllPairs(float[] scores, float[] labels) {
    double[] placements = new double[scores.length];
    int[] classes = new int[2];
    for (int i = 0; i < scores.length; i++) {
      int others = 0;
      for (int j = 0; j < scores.length; j++) {
        if (labels[j] != labels[i]) {
          int order = Float.compare(scores[i], scores[j]) * (labels[i] == 1 ? 1 : -1);
          placements[i] += order > 0 ? 1 : order == 0 ? 0.5 : 0;
          others++;
        }
      }
      placements[i] /= others;
      classes[(int) labels[i]]++;
    }
    double auc = 0;
    for (int i = 0; i < scores.length; i++) {
      auc += labels[i] * placements[i] / classes[1];
    }
    double variance = 0;
    for (int i = 0; i < scores.length; i++) {
      int size = classes[(int) labels[i]];
      variance += Math.pow(placements[i] - auc, 2) / (size - 1) / size;
    }
    return new double[] {auc, Math.sqrt(variance)};
  }
}
