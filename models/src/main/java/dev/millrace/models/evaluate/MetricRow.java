package dev.millrace.models.evaluate;

import dev.millrace.features.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A metric as readers meet it.
 *
 * @param interval blank when there is none
 * @param note what it is taken over, or why there is no value
 */
record MetricRow(String title, String value, String interval, String note) {
  static List<MetricRow> of(Evaluation evaluation) {
    List<MetricRow> rows = new ArrayList<>();
    rows.add(of(evaluation, Metric.AUC, "1 at best, 0.5 at random"));
    rows.add(of(evaluation, Metric.LOG_LOSS, "nats a row"));
    rows.add(of(evaluation, Metric.BRIER, "mean squared error of the probability"));
    rows.add(of(evaluation, Metric.CALIBRATION, "mean prediction over click rate, best at 1"));
    rows.add(
        plain(
            "ECE",
            evaluation.reliability().expectedCalibrationError(),
            "mean distance to the click rate, "
                + evaluation.reliability().bins().size()
                + " bins"));
    evaluation.groups().ifPresent(groups -> addGrouped(evaluation, groups, rows));
    return rows;
  }

  private static void addGrouped(Evaluation evaluation, GroupMetrics groups, List<MetricRow> rows) {
    String of = " of " + Numbers.count(groups.groups()) + " groups";
    String ranked = Numbers.count(groups.rankedGroups()) + of + ", those with both classes";
    rows.add(of(evaluation, Metric.GAUC, ranked));
    rows.add(plain("GAUC, unweighted", groups.meanAuc(), "the same groups"));
    String clicked = Numbers.count(groups.clickedGroups()) + of + ", those with a click";
    rows.add(of(evaluation, Metric.NDCG, clicked));
  }

  private static MetricRow of(Evaluation evaluation, Metric metric, String note) {
    OptionalDouble value = evaluation.value(metric);
    Optional<Interval> interval = evaluation.interval(metric);
    int decimals =
        interval.map(it -> Decimals.of((it.upper() - it.lower()) / 4)).orElse(Decimals.PLAIN);
    return new MetricRow(
        metric.title(evaluation.config().ndcgCutoff()),
        Numbers.fixed(value.orElse(Double.NaN), decimals),
        interval.map(it -> range(it, decimals)).orElse(""),
        value.isPresent() ? note : "undefined: " + lack(evaluation.binary(), metric));
  }

  /** What the rows lack for a metric to be defined. */
  private static String lack(BinaryMetrics binary, Metric metric) {
    if (binary.rows() == 0) {
      return "there is no row";
    }
    return switch (metric) {
      case AUC, LOG_LOSS, BRIER, CALIBRATION ->
          "all labels are " + (binary.positives() == 0 ? "0" : "1");
      case GAUC -> "no group has both classes";
      case NDCG -> "no group has a click";
    };
  }

  private static MetricRow plain(String title, OptionalDouble value, String note) {
    return new MetricRow(title, Numbers.fixed(value.orElse(Double.NaN), Decimals.PLAIN), "", note);
  }

  static String range(Interval interval, int decimals) {
    return Numbers.fixed(interval.lower(), decimals)
        + " to "
        + Numbers.fixed(interval.upper(), decimals);
  }
}
