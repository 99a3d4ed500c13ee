package dev.millrace.models.train;

import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.RowMap;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The distinct stored rows that a batch looks up, and the batch's row ids as positions among them.
 *
 * <p>Costs time in the size of the batch only: a sparse set (Briggs and Torczon, 1993) needs no
 * clearing between batches.
 */
final class TouchedRows {
  private final int tableRows;
  private final Optional<RowMap> cut;
  private final int[] positions;
  private int[] touched = {};
  private int[] local = {};
  private int count;
  private int lookups;

  TouchedRows(EmbeddingLayout layout) {
    this.tableRows = layout.tableRows();
    this.cut = layout.cut();
    this.positions = new int[layout.storedRows()];
  }

  /**
   * Takes the row ids of a batch.
   *
   * @throws IllegalArgumentException when a row is not in the table
   */
  void compact(IntBuffer rows) {
    lookups = rows.remaining();
    if (local.length < lookups) {
      local = new int[lookups];
      touched = Arrays.copyOf(touched, lookups);
    }
    count = 0;
    for (int i = 0; i < lookups; i++) {
      local[i] = touch(stored(rows.get(rows.position() + i)));
    }
  }

  private int stored(int row) {
    if (row < 0 || row >= tableRows) {
      throw new IllegalArgumentException(
          "row must be in 0..%d, found %d".formatted(tableRows - 1, row));
    }
    return cut.isPresent() ? cut.get().stored(row) : row;
  }

  private int touch(int row) {
    int position = positionOf(row);
    if (position < 0) {
      position = count++;
      positions[row] = position;
      touched[position] = row;
    }
    return position;
  }

  /** Number of distinct rows. */
  int count() {
    return count;
  }

  /** The row at a position below {@link #count}. */
  int row(int position) {
    return touched[position];
  }

  /** The position of a row; negative when the batch does not touch it. */
  int positionOf(int row) {
    int position = positions[row];
    return position < count && touched[position] == row ? position : -1;
  }

  /** The position of each lookup's row, in the order of the batch. */
  IntBuffer local() {
    return IntBuffer.wrap(local, 0, lookups);
  }
}
