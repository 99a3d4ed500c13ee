package dev.millrace.jobs.experiments;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The experiment on fields as two Markdown tables: figures by field, and AUC by number of them. */
final class FieldsTable {
  private FieldsTable() {}

  static String of(FieldsResult result) {
    StringBuilder table = new StringBuilder();
    head(
        table,
        "field",
        List.of(FieldCriterion.values()).stream().map(FieldCriterion::title).toList());
    result.figures().entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> -mean(entry.getValue(), FieldCriterion.SCORE)))
        .forEach(entry -> table.append(field(entry.getKey(), entry.getValue())));
    table.append('\n');
    Map<String, List<List<Trial>>> curves = result.curves();
    head(table, "K", List.copyOf(curves.keySet()));
    int fields = result.figures().size();
    for (int k = 1; k <= fields; k++) {
      table.append("| ").append(k).append(" |");
      for (List<List<Trial>> curve : curves.values()) {
        List<Trial> trials = curve.get(k - 1);
        table.append(
            String.format(
                Locale.ROOT,
                " %.4f ± %.4f |",
                TrialTable.mean(trials, Trial::auc),
                TrialTable.deviation(trials, Trial::auc)));
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static void head(StringBuilder table, String first, List<String> others) {
    table.append("| ").append(first).append(" | ").append(String.join(" | ", others));
    table.append(" |\n").append("|---".repeat(1 + others.size())).append("|\n");
  }

  private static String field(String name, List<FieldFigures> seeds) {
    StringBuilder line = new StringBuilder("| " + name + " |");
    for (FieldCriterion criterion : FieldCriterion.values()) {
      line.append(String.format(Locale.ROOT, " %.5f |", mean(seeds, criterion)));
    }
    return line.append('\n').toString();
  }

  private static double mean(List<FieldFigures> seeds, FieldCriterion criterion) {
    return seeds.stream().mapToDouble(criterion::of).average().orElseThrow();
  }
}
