package dev.millrace.models.evaluate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Prepares the metrics of scores for resampling: sums over the rows of each unit. */
final class ResampledMetrics {
  private final Scores scores;
  private final Units units;

  private ResampledMetrics(Scores scores, Units units) {
    this.scores = scores;
    this.units = units;
  }

  /**
   * @param groups scores of the units, when they are groups
   */
  static Map<Metric, Resampled> of(ScoreOrder order, Units units, Optional<GroupScores> groups) {
    ResampledMetrics sums = new ResampledMetrics(order.scores(), units);
    double[] rows = sums.of((probability, click) -> 1);
    double[] clicks = sums.of((probability, click) -> click);
    Map<Metric, Resampled> metrics = new EnumMap<>(Metric.class);
    metrics.put(Metric.AUC, WeightedAuc.of(order, units));
    metrics.put(Metric.LOG_LOSS, new WeightedRatio(sums.of(BinaryMetrics::logLoss), rows));
    metrics.put(Metric.BRIER, new WeightedRatio(sums.of(BinaryMetrics::squaredError), rows));
    metrics.put(
        Metric.CALIBRATION,
        new WeightedRatio(sums.of((probability, click) -> probability), clicks));
    groups.ifPresent(scores -> addGrouped(scores, metrics));
    return metrics;
  }

  private static void addGrouped(GroupScores groups, Map<Metric, Resampled> metrics) {
    double[] area = new double[groups.groups()];
    double[] rows = new double[groups.groups()];
    double[] gain = new double[groups.groups()];
    double[] clicked = new double[groups.groups()];
    for (int group = 0; group < groups.groups(); group++) {
      if (!Double.isNaN(groups.auc(group))) {
        area[group] = groups.rows(group) * groups.auc(group);
        rows[group] = groups.rows(group);
      }
      if (!Double.isNaN(groups.ndcg(group))) {
        gain[group] = groups.ndcg(group);
        clicked[group] = 1;
      }
    }
    metrics.put(Metric.GAUC, new WeightedRatio(area, rows));
    metrics.put(Metric.NDCG, new WeightedRatio(gain, clicked));
  }

  private double[] of(RowValue value) {
    double[] sums = new double[units.count()];
    for (int row = 0; row < scores.size(); row++) {
      sums[units.ofRow(row)] += value.of(scores.probability(row), scores.click(row));
    }
    return sums;
  }

  private interface RowValue {
    double of(float probability, int click);
  }
}
