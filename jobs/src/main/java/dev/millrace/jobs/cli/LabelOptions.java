package dev.millrace.jobs.cli;

import dev.millrace.features.data.InteractionRows;
import picocli.CommandLine.Option;

/** Which column is the label. */
final class LabelOptions {

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "Column of the label (default: label for files, click for avazu, clicked for logs and the"
              + " topic).")
  private String label;

  /** The column of the label in these rows. */
  String of(RowOptions rows) {
    if (label != null) {
      return label;
    }
    if (rows.isTopic()) {
      return TopicRows.LABEL;
    }
    return switch (rows.format()) {
      case "avazu" -> "click";
      case "movielens-1m", "open-bandit" -> InteractionRows.LABEL;
      default -> "label";
    };
  }
}
