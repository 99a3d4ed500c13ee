package dev.millrace.jobs.experiments;

import dev.millrace.features.table.FilteredRows;
import dev.millrace.features.table.Rows;
import dev.millrace.models.data.Part;
import dev.millrace.models.data.Split;

/** The rows that a random split gives to training. */
final class TrainingRows extends FilteredRows {
  private final Split.Random split;
  private long next;

  /**
   * @param rows from their start; closed with these
   */
  TrainingRows(Rows rows, Split.Random split) {
    super(rows);
    this.split = split;
  }

  @Override
  protected boolean accepts() {
    return split.part(next++, 0) == Part.TRAINING;
  }
}
