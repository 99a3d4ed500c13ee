package dev.millrace.features.table;

import java.util.Arrays;

/** Collects the counts of a field that is made of others. */
final class DerivedTable {
  private final String name;
  private final int labels;
  private final ValueDictionary values = new ValueDictionary();
  private int[] counts;

  DerivedTable(String name, int labels) {
    this.name = name;
    this.labels = labels;
    this.counts = new int[16 * labels];
  }

  /**
   * Adds rows that have a value; without rows it is no value.
   *
   * @param from holds the counts by label from {@code offset} on
   */
  void add(byte[] value, int[] from, int offset) {
    int rows = 0;
    for (int label = 0; label < labels; label++) {
      rows += from[offset + label];
    }
    if (rows == 0) {
      return;
    }
    int code = values.code(Arrays.copyOf(value, value.length + Long.BYTES), 0, value.length);
    if (values.size() * labels > counts.length) {
      counts = Arrays.copyOf(counts, 2 * counts.length);
    }
    for (int label = 0; label < labels; label++) {
      counts[code * labels + label] += from[offset + label];
    }
  }

  FieldTable build() {
    return new FieldTable(name, values, counts, labels);
  }
}
