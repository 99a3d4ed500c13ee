package dev.millrace.jobs.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.features.ranking.FieldScore;
import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.train.TrainingResult;
import java.util.OptionalDouble;

/** The summary as one JSON object; numbers that do not exist are null. */
final class SummaryJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SummaryJson() {}

  static String of(DemoSummary summary) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", summary.format());
    json.put("impressions", summary.impressions());
    json.put("clicks", summary.clicks());
    json.put("labelledImpressions", summary.labelledImpressions());
    json.put("labelledClicks", summary.labelledClicks());
    json.put("rankings", summary.rankings());
    json.put("deadLetters", summary.deadLetterCount());
    quality(json, summary.quality());
    model(json.putObject("model"), summary.model());
    json.put("events", summary.events());
    json.put("eventsPerSecond", summary.eventsPerSecond());
    json.put("seconds", summary.seconds());
    fields(json.putArray("fields"), summary);
    ObjectNode topics = json.putObject("topics");
    summary
        .topics()
        .forEach(
            (name, flow) -> topics.putObject(name).put("in", flow.in()).put("out", flow.out()));
    ArrayNode reasons = json.putArray("deadLetterReasons");
    for (DeadLetterTally.Reason reason : summary.deadLetters()) {
      reasons
          .addObject()
          .put("topic", reason.topic())
          .put("class", reason.errorClass())
          .put("count", reason.count())
          .put("example", reason.example());
    }
    ArrayNode violations = json.putArray("violations");
    summary.violations().forEach(violations::add);
    return json.toString();
  }

  private static void quality(ObjectNode json, LiveQuality quality) {
    put(json, "auc", quality.metrics().auc());
    put(json, "aucStandardError", quality.metrics().aucStandardError());
    put(json, "bestPossibleAuc", quality.bestPossibleAuc());
    put(json, "logLoss", quality.metrics().logLoss());
    json.put("rankingsByModel", quality.rankings());
    if (quality.clicks() != null) {
      json.putObject("expectedClicksPerPage")
          .put("random", quality.clicks().random())
          .put("ranked", quality.clicks().ranked())
          .put("best", quality.clicks().best())
          .put("share", quality.clicks().share());
    }
  }

  private static void model(ObjectNode json, FirstModel.Trained model) {
    TrainingResult result = model.result();
    BinaryMetrics validation = result.validation();
    json.put("network", result.network().network().name());
    json.put("parameters", result.network().parameters().count());
    json.put("trainingSeconds", result.elapsed().toMillis() / 1e3);
    put(json, "validationAuc", validation.auc());
    json.put("parity", model.parity());
  }

  private static void fields(ArrayNode json, DemoSummary summary) {
    for (FieldScore field : summary.fields()) {
      json.addObject()
          .put("feature", field.feature())
          .put("score", field.score())
          .put("mutualInformationNats", field.mutualInformationNats())
          .put("noiseNats", field.noiseNats())
          .put("cardinality", field.cardinality())
          .put("coverage", field.coverage());
    }
  }

  private static void put(ObjectNode json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      json.put(name, value.getAsDouble());
    } else {
      json.putNull(name);
    }
  }
}
