package dev.millrace.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final BootstrapConfig QUICK = new BootstrapConfig(199, 0.95, 1);

  @Test
  void shouldFindTheBetterModelInEveryMetric() {
    Comparison comparison =
        compare(
            RandomScores.grouped(5, 4000, 400, 0.3, 1 << 20),
            RandomScores.grouped(5, 4000, 400, 0.8, 1 << 20),
            BootstrapConfig.DEFAULT);
    assertThat(comparison.differences())
        .extracting(Difference::metric)
        .containsExactly(Metric.AUC, Metric.LOG_LOSS, Metric.BRIER, Metric.GAUC, Metric.NDCG);
    assertThat(comparison.differences())
        .allMatch(Difference::isImprovement)
        .allMatch(difference -> difference.test().orElseThrow().isSignificant());
    assertThat(comparison.deLong()).isEmpty();
    assertThat(verdict(comparison, Metric.LOG_LOSS))
        .matches(
            "b is better by 0\\.\\d+ log loss \\(95% interval 0\\.\\d+ to 0\\.\\d+\\), significant"
                + " at 0\\.05");
  }

  @Test
  void shouldSayTheSameOfTheOtherDirection() {
    Scores worse = RandomScores.ungrouped(5, 3000, 0.3, 1 << 20);
    Scores better = RandomScores.ungrouped(5, 3000, 0.8, 1 << 20);
    String there = verdict(compare(worse, better, QUICK), Metric.AUC);
    String back = verdict(compare(better, worse, QUICK), Metric.AUC);
    assertThat(back).isEqualTo(there.replaceFirst("^b", "a"));
  }

  @Test
  void shouldSayHowManyRowsADifferenceWouldTake() {
    Difference.Test test = new Difference.Test(new Interval(-0.0012, 0.0032), 0.0011, 0.36, 0.05);
    Difference difference = new Difference(Metric.AUC, 0.8, 0.801, Optional.of(test));
    // ((1.959964 + 0.841621) * 0.0011 / 0.001)^2 = 9.497
    assertThat(new Verdict("a", "b", 10).on(difference))
        .isEqualTo(
            "no significant difference in AUC at 0.05: b - a is 0.0010 (95% interval -0.0012 to"
                + " 0.0032); to find one of this size would need about 9 times the rows");
    Difference tiny = new Difference(Metric.AUC, 0.8, 0.80001, Optional.of(test));
    assertThat(new Verdict("a", "b", 10).on(tiny))
        .endsWith("to find one of this size would need more than 1,000 times the rows");
  }

  @Test
  void shouldFindNoDifferenceOfAModelToItself() {
    Scores scores = RandomScores.ungrouped(5, 300, 0.3, 1 << 20);
    Comparison comparison = compare(scores, scores, QUICK);
    assertThat(verdict(comparison, Metric.AUC))
        .isEqualTo("no difference in AUC: a and b agree in every draw");
    assertThat(comparison.deLong().orElseThrow().pValue()).isEqualTo(1);
  }

  @Test
  void shouldRefuseModelsThatWereScoredOnOtherRows() {
    Scores scores = RandomScores.ungrouped(5, 300, 0.3, 100);
    assertThatThrownBy(() -> compare(scores, RandomScores.ungrouped(5, 301, 0.3, 100), QUICK))
        .hasMessage(
            "compared models must be scored on the same rows,"
                + " found 300 without groups and 301 without groups");
  }

  @Test
  void shouldAgreeWithDeLongsPairedTest() {
    Comparison comparison =
        compare(
            RandomScores.ungrouped(12, 3000, 0.45, 1 << 20),
            RandomScores.ungrouped(12, 3000, 0.5, 1 << 20),
            BootstrapConfig.DEFAULT);
    PairedDeLong deLong = comparison.deLong().orElseThrow();
    Difference auc = comparison.differences().get(0);
    double error = auc.test().orElseThrow().standardError();
    assertThat(deLong.difference()).isCloseTo(auc.difference(), within(1e-12));
    assertThat(error).isCloseTo(deLong.standardError(), within(0.1 * deLong.standardError()));
    assertThat(auc.test().orElseThrow().pValue()).isCloseTo(deLong.pValue(), within(0.05));
  }

  @Test
  void shouldMatchDeLongsFormulaOnRowsPlacedByHand() {
    float[] labels = {1, 1, 0, 0};
    // Placements of a: clicks 1, 0.5; others 0.5, 1. Of b: clicks 0.5, 1; others 0.5, 1.
    Scores a = Scores.of(new float[] {0.9f, 0.4f, 0.6f, 0.2f}, labels);
    Scores b = Scores.of(new float[] {0.5f, 0.9f, 0.6f, 0.2f}, labels);
    PairedDeLong test = PairedDeLong.of(a, b).orElseThrow();
    assertThat(test.difference()).isZero();
    // Differences of the clicks -0.5 and 0.5: variance 0.5, over 2; of the others none.
    assertThat(test.standardError()).isCloseTo(0.5, within(1e-12));
    assertThat(test.pValue()).isEqualTo(1);
  }

  /** Two models that see as much of the truth, each with noise of its own. */
  @Test
  void shouldRarelyFindADifferenceWhereThereIsNone() {
    int cases = 200;
    int auc = 0;
    int logLoss = 0;
    int gauc = 0;
    for (int seed = 0; seed < cases; seed++) {
      Scores[] models = equallyGood(seed);
      Comparison comparison = compare(models[0], models[1], QUICK);
      auc += isSignificant(comparison, Metric.AUC);
      logLoss += isSignificant(comparison, Metric.LOG_LOSS);
      gauc += isSignificant(comparison, Metric.GAUC);
    }
    // 5% of 200 is 10, with a standard deviation of 3.1: within three of them.
    assertThat(auc).as("AUC, seeds 0 to %d", cases).isBetween(1, 19);
    assertThat(logLoss).as("log loss, seeds 0 to %d", cases).isBetween(1, 19);
    assertThat(gauc).as("GAUC, seeds 0 to %d", cases).isBetween(1, 19);
  }

  private static Scores[] equallyGood(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Scores[] models = {Scores.grouped(), Scores.grouped()};
    for (int row = 0; row < 400; row++) {
      double probability = random.nextDouble();
      float label = random.nextDouble() < probability ? 1 : 0;
      long user = random.nextInt(80);
      for (Scores model : models) {
        model.add((float) ((probability + random.nextDouble()) / 2), label, user);
      }
    }
    return models;
  }

  private static int isSignificant(Comparison comparison, Metric metric) {
    return difference(comparison, metric).test().orElseThrow().isSignificant() ? 1 : 0;
  }

  private static String verdict(Comparison comparison, Metric metric) {
    return comparison.verdict(difference(comparison, metric));
  }

  private static Difference difference(Comparison comparison, Metric metric) {
    return comparison.differences().stream()
        .filter(difference -> difference.metric() == metric)
        .findFirst()
        .orElseThrow();
  }

  private static Comparison compare(Scores baseline, Scores candidate, BootstrapConfig bootstrap) {
    EvaluationConfig config =
        new EvaluationConfig(Reliability.Binning.EQUAL_MASS, 15, 10, Optional.of(bootstrap));
    return Comparison.of(
        Evaluation.of("a", baseline, config, BootstrapListener.SILENT),
        Evaluation.of("b", candidate, config, BootstrapListener.SILENT));
  }
}
