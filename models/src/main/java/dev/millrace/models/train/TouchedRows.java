package dev.millrace.models.train;

import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * The distinct rows that a batch looks up, and the batch's row ids as positions among them.
 *
 * <p>Costs time in the size of the batch only: a sparse set (Briggs and Torczon, 1993) needs no
 * clearing between batches.
 */
final class TouchedRows {
  private final int[] positions;
  private int[] touched = {};
  private int[] local = {};
  private int count;
  private int lookups;

  TouchedRows(int tableRows) {
    this.positions = new int[tableRows];
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
      local[i] = position(rows.get(rows.position() + i));
    }
  }

  private int position(int row) {
    if (row < 0 || row >= positions.length) {
      throw new IllegalArgumentException(
          "row must be in 0..%d, found %d".formatted(positions.length - 1, row));
    }
    int position = positions[row];
    if (position >= count || touched[position] != row) {
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

  /** The position of each lookup's row, in the order of the batch. */
  IntBuffer local() {
    return IntBuffer.wrap(local, 0, lookups);
  }
}
