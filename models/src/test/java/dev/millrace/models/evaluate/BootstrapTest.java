package dev.millrace.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
  @Test
  void shouldDrawPoissonCounts() {
    byte[] weights = new byte[200_000];
    Units units = Units.of(RandomScores.ungrouped(1, weights.length, 1, 2));
    PoissonWeights.fill(weights, units, 5, 3);
    double probability = Math.exp(-1);
    for (int count = 0; count < 5; count++) {
      int expected = count;
      int[] drawn = {0};
      for (byte weight : weights) {
        drawn[0] += weight == expected ? 1 : 0;
      }
      // Four standard errors of a share of 200,000 draws are below 0.0045.
      assertThat((double) drawn[0] / weights.length)
          .as("count %d", count)
          .isCloseTo(probability, within(0.0045));
      probability /= count + 1;
    }
  }

  @Test
  void shouldDrawAGroupAlikeWhateverTheOtherGroups() {
    Scores all = Scores.grouped();
    Scores some = Scores.grouped();
    for (long group = 0; group < 50; group++) {
      all.add(0.5f, 1, group * 11);
      if (group % 2 == 0) {
        some.add(0.5f, 1, group * 11);
      }
    }
    byte[] ofAll = new byte[50];
    byte[] ofSome = new byte[25];
    PoissonWeights.fill(ofAll, Units.of(all), 1, 2);
    PoissonWeights.fill(ofSome, Units.of(some), 1, 2);
    for (int i = 0; i < ofSome.length; i++) {
      assertThat(ofSome[i]).isEqualTo(ofAll[2 * i]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldMeasureWhatRepeatedRowsWould(long seed) {
    Scores scores = RandomScores.grouped(seed, 120, 12, 0.6, 9);
    Units units = Units.of(scores);
    byte[] weights = new byte[units.count()];
    PoissonWeights.fill(weights, units, seed, 0);
    Evaluation repeated = evaluate(repeat(scores, units, weights), Optional.empty());
    ScoreOrder order = ScoreOrder.of(scores);
    Map<Metric, Resampled> metrics =
        ResampledMetrics.of(order, units, Optional.of(GroupScores.of(order, units, 10)));
    for (Metric metric : Metric.values()) {
      assertThat(metrics.get(metric).measure(weights))
          .as("%s, seed %d", metric, seed)
          .isCloseTo(repeated.value(metric).getAsDouble(), within(1e-12));
    }
  }

  @Test
  void shouldAgreeWithDeLongOnIndependentRows() {
    Scores scores = RandomScores.ungrouped(4, 2000, 0.5, 1 << 20);
    Evaluation evaluation = evaluate(scores, Optional.of(BootstrapConfig.DEFAULT));
    double error = evaluation.replicates(Metric.AUC).orElseThrow().standardError();
    double deLong = evaluation.binary().aucStandardError().getAsDouble();
    // The error of a standard deviation of 1,000 draws is 2.2%: four of them, and a bias.
    assertThat(error).isCloseTo(deLong, within(0.1 * deLong));
    Interval interval = evaluation.interval(Metric.AUC).orElseThrow();
    assertThat((interval.upper() - interval.lower()) / 2)
        .isCloseTo(1.96 * deLong, within(0.15 * deLong * 1.96));
  }

  @Test
  void shouldWidenWhenRowsOfAGroupAreAlike() {
    Scores scores = Scores.ungrouped();
    Scores grouped = Scores.grouped();
    Scores once = RandomScores.ungrouped(9, 300, 0.5, 1 << 20);
    for (int copy = 0; copy < 9; copy++) {
      for (int row = 0; row < once.size(); row++) {
        scores.add(once.probability(row), once.click(row));
        grouped.add(once.probability(row), once.click(row), row);
      }
    }
    double independent = error(scores, Metric.LOG_LOSS);
    double clustered = error(grouped, Metric.LOG_LOSS);
    // Nine copies of a row are worth one: three times the error.
    assertThat(clustered / independent).isCloseTo(3, within(0.4));
  }

  @Test
  void shouldGiveTheSameResultsAgainAndOthersForAnotherSeed() {
    Scores scores = RandomScores.grouped(3, 400, 40, 0.5, 50);
    BootstrapConfig config = new BootstrapConfig(100, 0.95, 7);
    Evaluation first = evaluate(scores, Optional.of(config));
    Evaluation again = evaluate(scores, Optional.of(config));
    Evaluation other = evaluate(scores, Optional.of(new BootstrapConfig(100, 0.95, 8)));
    for (Metric metric : Metric.values()) {
      double[] values = first.replicates(metric).orElseThrow().values();
      assertThat(again.replicates(metric).orElseThrow().values()).isEqualTo(values);
      assertThat(other.replicates(metric).orElseThrow().values()).isNotEqualTo(values);
    }
  }

  @Test
  void shouldReportEveryReplicateInOrder() {
    Scores scores = RandomScores.ungrouped(3, 100, 0.5, 50);
    List<Integer> heard = new ArrayList<>();
    EvaluationConfig config = config(Optional.of(new BootstrapConfig(60, 0.95, 7)));
    Evaluation.of("a", scores, config, (done, replicates) -> heard.add(done));
    assertThat(heard).hasSize(60).isSorted().startsWith(1).endsWith(60);
  }

  @Test
  void shouldGiveNoIntervalWhereItCannotHoldItsLevel() {
    Scores fewGroups = RandomScores.grouped(3, 400, 9, 0.5, 50);
    assertThat(evaluate(fewGroups, Optional.of(BootstrapConfig.DEFAULT)).interval(Metric.AUC))
        .isEmpty();
    float[] labels = new float[50];
    float[] probabilities = new float[50];
    Arrays.fill(probabilities, 0.5f);
    Evaluation noClick =
        evaluate(Scores.of(probabilities, labels), Optional.of(BootstrapConfig.DEFAULT));
    assertThat(noClick.interval(Metric.AUC)).isEmpty();
    assertThat(noClick.interval(Metric.CALIBRATION)).isEmpty();
    assertThat(noClick.interval(Metric.LOG_LOSS)).isPresent();
  }

  @Test
  void shouldLeaveUndefinedReplicatesOut() {
    Replicates replicates = new Replicates(new double[] {Double.NaN, 3, 1, 2, Double.NaN});
    assertThat(replicates.interval(0.5)).hasValue(new Interval(1, 3));
    assertThat(replicates.standardError()).isEqualTo(1);
    assertThat(replicates.interval(0.05)).isEmpty();
  }

  @Test
  void shouldRefuseTooFewReplicatesForTheirTails() {
    assertThatThrownBy(() -> new BootstrapConfig(39, 0.95, 1))
        .hasMessage("replicates must be >= 40 for confidence 0.95, found 39");
    assertThatThrownBy(() -> new BootstrapConfig(1000, 1, 1))
        .hasMessage("confidence must be in (0, 1), found 1.0");
  }

  private static double error(Scores scores, Metric metric) {
    return evaluate(scores, Optional.of(BootstrapConfig.DEFAULT))
        .replicates(metric)
        .orElseThrow()
        .standardError();
  }

  /** Each draw of a group is a group of its own. */
  private static Scores repeat(Scores scores, Units units, byte[] weights) {
    Scores repeated = Scores.grouped();
    for (int row = 0; row < scores.size(); row++) {
      for (int copy = 0; copy < weights[units.ofRow(row)]; copy++) {
        repeated.add(scores.probability(row), scores.click(row), units.ofRow(row) * 1000L + copy);
      }
    }
    return repeated;
  }

  private static Evaluation evaluate(Scores scores, Optional<BootstrapConfig> bootstrap) {
    return Evaluation.of("a", scores, config(bootstrap), BootstrapListener.SILENT);
  }

  private static EvaluationConfig config(Optional<BootstrapConfig> bootstrap) {
    return new EvaluationConfig(Reliability.Binning.EQUAL_MASS, 15, 10, bootstrap);
  }
}
