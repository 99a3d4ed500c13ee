package dev.millrace.jobs.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Trials as a Markdown table: a line for each contender on each data set. */
final class TrialTable {
  private TrialTable() {}

  static String of(List<Trial> trials) {
    Map<List<String>, List<Trial>> lines = new LinkedHashMap<>();
    for (Trial trial : trials) {
      lines
          .computeIfAbsent(List.of(trial.data(), trial.contender()), key -> new ArrayList<>())
          .add(trial);
    }
    StringBuilder table = new StringBuilder();
    table.append(
        "| data | network | test AUC | log loss | seeds | best epoch | parameters | kept |\n");
    table.append("|---|---|---|---|---|---|---|---|\n");
    lines.forEach((key, seeds) -> table.append(line(key.get(0), key.get(1), seeds)));
    return table.toString();
  }

  private static String line(String data, String contender, List<Trial> seeds) {
    String kept =
        seeds.get(0).keptShare() == null
            ? ""
            : String.format(Locale.ROOT, "%.1f%%", 100 * mean(seeds, Trial::keptShare));
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.4f ± %.4f | %.4f ± %.4f | %d | %.1f | %,.0f | %s |%n",
        data,
        contender,
        mean(seeds, Trial::auc),
        deviation(seeds, Trial::auc),
        mean(seeds, Trial::logLoss),
        deviation(seeds, Trial::logLoss),
        seeds.size(),
        mean(seeds, Trial::bestEpoch),
        mean(seeds, Trial::parameters),
        kept);
  }

  static double mean(List<Trial> seeds, ToDoubleFunction<Trial> value) {
    return seeds.stream().mapToDouble(value).average().orElseThrow();
  }

  /** Standard deviation of the sample; 0 for a single seed. */
  static double deviation(List<Trial> seeds, ToDoubleFunction<Trial> value) {
    double mean = mean(seeds, value);
    double squares = seeds.stream().mapToDouble(value).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / Math.max(1, seeds.size() - 1));
  }
}
