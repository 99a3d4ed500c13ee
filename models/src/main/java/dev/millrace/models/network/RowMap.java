package dev.millrace.models.network;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Where the rows of a cut table are stored.
 *
 * <p>Examples go on naming input rows. The kept ones are stored without gaps in their order; every
 * cut one reads the zero row, which is the last that is stored.
 */
public final class RowMap {
  private final int[] stored;
  private final int zeroRow;

  private RowMap(int[] stored, int zeroRow) {
    this.stored = stored;
    this.zeroRow = zeroRow;
  }

  /** The map that keeps the input rows, from 0 to {@code inputRows - 1}, that a predicate names. */
  public static RowMap keeping(int inputRows, IntPredicate kept) {
    Rule.atLeast("inputRows", 1, inputRows);
    int[] stored = new int[inputRows];
    int next = 0;
    for (int row = 0; row < inputRows; row++) {
      stored[row] = kept.test(row) ? next++ : -1;
    }
    for (int row = 0; row < inputRows; row++) {
      stored[row] = stored[row] < 0 ? next : stored[row];
    }
    return new RowMap(stored, next);
  }

  /** Rows that examples name. */
  public int inputRows() {
    return stored.length;
  }

  /** Rows that are kept. */
  public int keptRows() {
    return zeroRow;
  }

  /** Rows of the stored table: the kept ones and the zero row. */
  public int storedRows() {
    return zeroRow + 1;
  }

  /** The stored row of an input row. */
  public int stored(int inputRow) {
    return stored[inputRow];
  }

  public boolean keeps(int inputRow) {
    return stored[inputRow] != zeroRow;
  }

  /** The stored row of every input row. */
  public int[] toArray() {
    return stored.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowMap map
        && zeroRow == map.zeroRow
        && Arrays.equals(stored, map.stored);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(stored);
  }

  @Override
  public String toString() {
    return "RowMap[" + keptRows() + " of " + inputRows() + " rows]";
  }
}
