package dev.millrace.jobs.scoring;

import dev.millrace.features.data.RowColumns;
import dev.millrace.features.data.RowValues;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.table.Progress;
import dev.millrace.features.table.Rows;
import dev.millrace.models.data.Part;
import dev.millrace.models.data.RowSource;
import dev.millrace.models.data.Split;
import dev.millrace.serving.Scorer;
import dev.millrace.serving.ScoringBatch;
import java.io.IOException;
import java.util.Optional;

/** Scores the rows of a source with a bundle, as many at a time as fit a batch. */
public final class RowScorer {
  private static final int BATCH = 1_024;

  private final Scorer scorer;
  private final RowColumns columns;
  private final Optional<Selection> selection;
  private final Progress progress;

  /** The rows of one part of a split. */
  public record Selection(Split split, Part part) {
    private boolean includes(RowValues row) {
      return split.part(row.row(), split.readsTime() ? row.time() : 0) == part;
    }
  }

  /** What becomes of a scored row. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a row, in the order of the source.
     *
     * @param row its number from 0 among the rows that can be read
     * @param probability of label 1
     * @param label 1 or 0; 0 where no label was named
     * @param group hash of the group; 0 where no group was named
     */
    void accept(long row, float probability, float label, long group) throws IOException;
  }

  /**
   * A scorer of rows.
   *
   * @param columns label and group where they are wanted, time where the split asks for it
   * @param selection the rows that are scored; empty for all
   */
  public RowScorer(
      Scorer scorer, RowColumns columns, Optional<Selection> selection, Progress progress) {
    this.scorer = scorer;
    this.columns = columns;
    this.selection = selection;
    this.progress = progress;
  }

  /**
   * Scores all rows in order.
   *
   * @return how many were scored
   * @throws dev.millrace.features.data.DataSetException if a field has no column or a row breaks
   *     the format
   */
  public long score(RowSource source, Sink sink) throws IOException {
    Rows rows = source.opener().open();
    RowValues values;
    try {
      values = RowValues.bind(scorer.catalog(), rows, columns);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
    try (values) {
      Batch batch = new Batch(sink);
      while (values.next()) {
        if (selection.isEmpty() || selection.get().includes(values)) {
          batch.add(values);
        }
      }
      batch.flush(rows.progress());
      return batch.scored;
    }
  }

  private final class Batch {
    private final Sink sink;
    private final RowEncoder encoder = scorer.encoder();
    private final ScoringBatch examples = scorer.newBatch(BATCH);
    private final int[] rows = new int[encoder.lookups()];
    private final float[] weights = new float[encoder.lookups()];
    private final long[] numbers = new long[BATCH];
    private final float[] labels = new float[BATCH];
    private final long[] groups = new long[BATCH];
    private final float[] probabilities = new float[BATCH];
    private long scored;

    Batch(Sink sink) {
      this.sink = sink;
    }

    void add(RowValues values) throws IOException {
      int index = examples.size();
      numbers[index] = values.row();
      labels[index] = columns.label().isPresent() && values.label() ? 1 : 0;
      groups[index] = columns.group().isPresent() ? values.group() : 0;
      encoder.encode(values.values(), rows, weights, 0);
      examples.add(rows, weights);
      if (examples.size() == BATCH) {
        flush(values.rows().progress());
      }
    }

    void flush(double share) throws IOException {
      scorer.score(examples, probabilities);
      for (int i = 0; i < examples.size(); i++) {
        sink.accept(numbers[i], probabilities[i], labels[i], groups[i]);
      }
      scored += examples.size();
      examples.clear();
      progress.at("scoring rows", scored, share);
    }
  }
}
