package dev.millrace.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The figures as a person and as a program reads them. */
final class RankingBenchReport {

  private static final ObjectMapper JSON = new ObjectMapper();

  private RankingBenchReport() {}

  /** A table: every figure is its median with its smallest and largest value. */
  static String text(RankingBenchResult result, Machine machine) {
    RankingBenchConfig config = result.config();
    StringBuilder text = new StringBuilder();
    line(text, "%s, %d cores; JDK %s", machine.cpu(), machine.cores(), machine.jdk());
    line(
        text,
        "Flink %s, Kafka %s, ONNX Runtime %s",
        machine.flink(),
        machine.kafka(),
        machine.onnxRuntime());
    line(
        text,
        "%,d requests of %d candidates, parallelism %d, %d repetitions, seed %d;"
            + " median (min to max)",
        config.requests(),
        config.candidates(),
        config.parallelism(),
        config.repetitions(),
        config.seed());
    line(text, "");
    line(
        text,
        "%-22s %-26s %12s   %-20s %-24s %s",
        "",
        "requests/s",
        "candidates/s",
        "CPU us/request",
        "of pass-through job",
        "of scorer loop");
    for (Variant variant : Variant.values()) {
      line(
          text,
          "%-22s %-26s %,12.0f   %-20s %-24s %s",
          variant.label(),
          spread("%,.0f", result.requestsPerSecond(variant)),
          result.candidatesPerSecond(variant).median(),
          spread("%,.0f", result.cpuSecondsPerRequest(variant).map(seconds -> seconds * 1e6)),
          spread("%.3f", result.ratio(variant, Variant.PASS_THROUGH)),
          spread("%.3f", result.ratio(variant, Variant.SCORER)));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }

  private static String spread(String number, Spread spread) {
    String format = number + " (" + number + " to " + number + ")";
    return String.format(Locale.ROOT, format, spread.median(), spread.min(), spread.max());
  }

  /** One object on one line. */
  static String json(RankingBenchResult result, Machine machine) {
    RankingBenchConfig config = result.config();
    ObjectNode json = JSON.createObjectNode();
    json.put("benchmark", "ranking");
    json.putObject("config")
        .put("requests", config.requests())
        .put("candidates", config.candidates())
        .put("parallelism", config.parallelism())
        .put("repetitions", config.repetitions())
        .put("seed", config.seed());
    json.putObject("machine")
        .put("cpu", machine.cpu())
        .put("cores", machine.cores())
        .put("jdk", machine.jdk())
        .put("flink", machine.flink())
        .put("kafka", machine.kafka())
        .put("onnxRuntime", machine.onnxRuntime());
    ObjectNode variants = json.putObject("variants");
    for (Variant variant : Variant.values()) {
      ObjectNode figures = variants.putObject(variant.key());
      put(figures, "requestsPerSecond", result.requestsPerSecond(variant));
      put(figures, "candidatesPerSecond", result.candidatesPerSecond(variant));
      put(figures, "cpuSecondsPerRequest", result.cpuSecondsPerRequest(variant));
      put(figures, "ofPassThrough", result.ratio(variant, Variant.PASS_THROUGH));
      put(figures, "ofScorer", result.ratio(variant, Variant.SCORER));
    }
    return json.toString();
  }

  private static void put(ObjectNode json, String name, Spread spread) {
    json.putObject(name)
        .put("min", spread.min())
        .put("median", spread.median())
        .put("max", spread.max());
  }
}
