package dev.millrace.features.table;

/**
 * The rows of a column in the order of their codes: rows of equal code lie together, in the order
 * in which they were read. One counting sort, after which every other column is counted against
 * this one without a table of all combinations.
 */
final class Grouping {
  private final int[] codes;
  private final int[] order;
  private final int[] ends;

  /**
   * Sorts a column.
   *
   * @param codes of the rows, in [0, cardinality); kept by reference
   * @param order room for as many rows, overwritten; kept by reference
   */
  Grouping(int[] codes, int cardinality, int[] order) {
    this.codes = codes;
    this.order = order;
    this.ends = new int[cardinality];
    for (int code : codes) {
      ends[code]++;
    }
    int start = 0;
    for (int code = 0; code < cardinality; code++) {
      int rows = ends[code];
      ends[code] = start;
      start += rows;
    }
    for (int row = 0; row < codes.length; row++) {
      order[ends[codes[row]]++] = row;
    }
  }

  int[] codes() {
    return codes;
  }

  /** Rows, grouped by code. */
  int[] order() {
    return order;
  }

  /** Number of codes. */
  int cardinality() {
    return ends.length;
  }

  /** One past the last row of a code in {@link #order()}. */
  int end(int code) {
    return ends[code];
  }

  /** First row of a code in {@link #order()}. */
  int start(int code) {
    return code == 0 ? 0 : ends[code - 1];
  }
}
