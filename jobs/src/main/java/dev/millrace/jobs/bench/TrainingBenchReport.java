package dev.millrace.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The figures as a person and as a program reads them; a ratio is always of two figures of the same
 * round.
 *
 * @param rounds samples per second of every variant
 */
record TrainingBenchReport(
    TrainingBenchConfig config,
    Machine machine,
    String torch,
    List<Map<TrainingVariant, Double>> rounds) {
  private static final ObjectMapper JSON = new ObjectMapper();

  TrainingBenchReport {
    rounds = List.copyOf(rounds);
  }

  Spread samplesPerSecond(TrainingVariant variant) {
    return spread(round -> round.get(variant));
  }

  /** How many times as fast as a variant Millrace is. */
  Spread of(TrainingVariant variant) {
    return spread(round -> round.get(TrainingVariant.MILLRACE) / round.get(variant));
  }

  private Spread spread(ToDoubleFunction<Map<TrainingVariant, Double>> figure) {
    return Spread.of(rounds.stream().mapToDouble(figure).toArray());
  }

  /** A table: every figure is its median with its smallest and largest value. */
  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "%s, %d cores; JDK %s", machine.cpu(), machine.cores(), machine.jdk());
    line(
        text,
        "PyTorch %s; AutoInt %s, %d fields x %d, %d layers of %d heads of %d, table of %,d rows",
        torch,
        config.form(),
        TrainingBenchConfig.FIELDS,
        TrainingBenchConfig.DIM,
        TrainingBenchConfig.LAYERS,
        TrainingBenchConfig.HEADS,
        TrainingBenchConfig.HEAD_DIM,
        TrainingBenchConfig.ROWS);
    line(
        text,
        "batch %,d, %d steps, %s, threads %d, %d repetitions, seed %d; median (min to max)",
        config.batch(),
        config.steps(),
        config.device(),
        config.threads(),
        config.repetitions(),
        config.seed());
    line(text, "");
    line(text, "%-24s %-28s %s", "", "samples/s", "Millrace to it");
    for (TrainingVariant variant : TrainingVariant.values()) {
      line(
          text,
          "%-24s %-28s %s",
          variant.label(),
          spread("%,.0f", samplesPerSecond(variant)),
          spread("%.3f", of(variant)));
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
  String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("benchmark", "training");
    json.putObject("config")
        .put("form", config.form().name())
        .put("batch", config.batch())
        .put("steps", config.steps())
        .put("threads", config.threads())
        .put("device", config.device().name())
        .put("repetitions", config.repetitions())
        .put("seed", config.seed());
    json.putObject("machine")
        .put("cpu", machine.cpu())
        .put("cores", machine.cores())
        .put("jdk", machine.jdk())
        .put("torch", torch);
    ObjectNode variants = json.putObject("variants");
    for (TrainingVariant variant : TrainingVariant.values()) {
      ObjectNode figures = variants.putObject(variant.key());
      put(figures, "samplesPerSecond", samplesPerSecond(variant));
      put(figures, "millraceToIt", of(variant));
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
