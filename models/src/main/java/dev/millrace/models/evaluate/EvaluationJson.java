package dev.millrace.models.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;

/**
 * An evaluation as one JSON object. A metric that the rows do not define is null; what does not
 * apply, such as groups or intervals that were not asked for, is left out.
 */
public final class EvaluationJson {
  private EvaluationJson() {}

  /** The evaluation, {@code rows} first. */
  public static ObjectNode of(Evaluation evaluation) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rows", evaluation.binary().rows());
    json.put("clicks", evaluation.binary().positives());
    put(json, evaluation, Metric.AUC);
    put(json, "aucStandardError", evaluation.binary().aucStandardError());
    put(json, evaluation, Metric.LOG_LOSS);
    put(json, evaluation, Metric.CALIBRATION);
    put(json, "ece", evaluation.reliability().expectedCalibrationError());
    put(json, evaluation, Metric.BRIER);
    evaluation.groups().ifPresent(groups -> groups(json, evaluation, groups));
    evaluation
        .config()
        .bootstrap()
        .ifPresent(bootstrap -> intervals(json.putObject("intervals"), evaluation, bootstrap));
    reliability(json.putObject("reliability"), evaluation.reliability());
    return json;
  }

  /** The candidate's evaluation with the {@code comparison} to the baseline. */
  public static ObjectNode of(Comparison comparison) {
    ObjectNode json = of(comparison.candidate());
    ObjectNode compared = json.putObject("comparison");
    compared.put("baseline", comparison.baseline().model());
    compared.put("candidate", comparison.candidate().model());
    for (Difference difference : comparison.differences()) {
      String key = difference.metric().key(comparison.ndcgCutoff());
      difference(compared.putObject(key), difference, comparison.verdict(difference));
    }
    comparison
        .deLong()
        .ifPresent(
            test ->
                compared
                    .putObject("deLong")
                    .put("difference", test.difference())
                    .put("standardError", test.standardError())
                    .put("pValue", test.pValue()));
    return json;
  }

  private static void groups(ObjectNode json, Evaluation evaluation, GroupMetrics groups) {
    put(json, evaluation, Metric.GAUC);
    put(json, "meanGroupAuc", groups.meanAuc());
    put(json, evaluation, Metric.NDCG);
    json.put("groups", groups.groups());
    json.put("rankedGroups", groups.rankedGroups());
    json.put("clickedGroups", groups.clickedGroups());
  }

  private static void intervals(ObjectNode json, Evaluation evaluation, BootstrapConfig bootstrap) {
    json.put("confidence", bootstrap.confidence());
    json.put("replicates", bootstrap.replicates());
    json.put("seed", bootstrap.seed());
    for (Metric metric : Metric.values()) {
      evaluation
          .interval(metric)
          .ifPresent(
              interval -> interval(json, metric.key(evaluation.config().ndcgCutoff()), interval));
    }
  }

  private static void reliability(ObjectNode json, Reliability reliability) {
    json.put("binning", reliability.binning().toString());
    for (Reliability.Bin bin : reliability.bins()) {
      ObjectNode entry = json.withArray("bins").addObject();
      entry.put("least", bin.least());
      entry.put("most", bin.most());
      entry.put("meanPrediction", bin.meanPrediction());
      entry.put("clickRate", bin.clickRate());
      interval(entry, "clickRateInterval", bin.clickRateInterval());
      entry.put("rows", bin.rows());
      entry.put("clicks", bin.clicks());
    }
  }

  private static void difference(ObjectNode json, Difference difference, String verdict) {
    json.put("baseline", difference.baseline());
    json.put("candidate", difference.candidate());
    json.put("difference", difference.difference());
    difference
        .test()
        .ifPresent(
            test -> {
              interval(json, "interval", test.interval());
              json.put("standardError", test.standardError());
              json.put("pValue", test.pValue());
              json.put("significant", test.isSignificant());
            });
    json.put("verdict", verdict);
  }

  private static void interval(ObjectNode json, String key, Interval interval) {
    json.putArray(key).add(interval.lower()).add(interval.upper());
  }

  private static void put(ObjectNode json, Evaluation evaluation, Metric metric) {
    put(json, metric.key(evaluation.config().ndcgCutoff()), evaluation.value(metric));
  }

  private static void put(ObjectNode json, String key, OptionalDouble value) {
    if (value.isPresent()) {
      json.put(key, value.getAsDouble());
    } else {
      json.putNull(key);
    }
  }
}
