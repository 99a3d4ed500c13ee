package dev.millrace.models.evaluate;

import dev.millrace.features.report.Numbers;
import dev.millrace.features.report.TextTable;
import java.io.IOException;
import java.io.Writer;

/** An evaluation for a terminal. */
public final class EvaluationText {
  private EvaluationText() {}

  /** Writes the metrics; the writer is left open. */
  public static void write(Evaluation evaluation, Writer out) throws IOException {
    BinaryMetrics binary = evaluation.binary();
    line(
        out,
        TextTable.plain(evaluation.model())
            + ": "
            + Numbers.count(binary.rows())
            + " rows, "
            + Numbers.count(binary.positives())
            + " clicks");
    line(out, "");
    String level = Numbers.brief(100 * evaluation.config().confidence()) + "% interval";
    TextTable table = new TextTable(0, "metric", "value", level, "");
    for (MetricRow row : MetricRow.of(evaluation)) {
      table.add(row.title(), row.value(), row.interval(), row.note());
    }
    table.write(out);
  }

  /** Writes the metrics of the candidate and what sets it apart from the baseline. */
  public static void write(Comparison comparison, Writer out) throws IOException {
    write(comparison.candidate(), out);
    line(out, "");
    line(out, "against " + TextTable.plain(comparison.baseline().model()) + ":");
    for (Difference difference : comparison.differences()) {
      line(out, "  " + TextTable.plain(comparison.verdict(difference)));
    }
  }

  private static void line(Writer out, String text) throws IOException {
    out.write(text);
    out.write('\n');
  }
}
