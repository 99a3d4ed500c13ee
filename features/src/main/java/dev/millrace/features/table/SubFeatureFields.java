package dev.millrace.features.table;

import java.io.IOException;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Fields split by the values of another: {@code B|A=a} has B's value on the rows where A is a, and
 * none, an empty one, on all others.
 */
final class SubFeatureFields {
  /** The most frequent values of the field that splits have a field. */
  static final int MAX_VALUES = 50;

  private static final byte[] NONE = {};

  private final CountedTable table;
  private final ColumnFile columns;
  private final int labels;
  private final int[] labelCodes;

  /**
   * @throws IllegalArgumentException if the table's rows were not kept
   */
  SubFeatureFields(CountedTable table) throws IOException {
    this.table = table;
    this.columns =
        table
            .columns()
            .orElseThrow(() -> new IllegalArgumentException("columns must be kept, found none"));
    this.labels = table.labelCount();
    this.labelCodes = codes(table.fields().size());
  }

  private int[] codes(int column) throws IOException {
    int[] codes = new int[(int) table.rows()];
    columns.read(column, codes);
    return codes;
  }

  /**
   * Makes the fields of a pair of columns, that of the most frequent value first.
   *
   * @param byColumn index of the column whose values split the other
   */
  void of(int byColumn, int splitColumn, Consumer<FieldTable> to) throws IOException {
    FieldTable by = table.fields().get(byColumn);
    FieldTable split = table.fields().get(splitColumn);
    Grouping groups =
        new Grouping(codes(byColumn), by.values().size(), new int[(int) table.rows()]);
    int[] splitCodes = codes(splitColumn);
    int[] counts = new int[split.values().size() * labels];
    IntStream.range(0, groups.cardinality())
        .boxed()
        .sorted(Comparator.comparingInt(code -> groups.start(code) - groups.end(code)))
        .limit(MAX_VALUES)
        .forEach(
            code -> {
              String name = split.name() + "|" + by.name() + "=" + by.values().text(code);
              to.accept(inside(name, groups, code, split, splitCodes, counts));
            });
  }

  /**
   * Counts the rows of a group.
   *
   * @param counts all 0, before and after
   */
  private FieldTable inside(
      String name, Grouping groups, int group, FieldTable split, int[] splitCodes, int[] counts) {
    int[] others = new int[labels];
    for (int label = 0; label < labels; label++) {
      others[label] = (int) table.labelRows()[label];
    }
    for (int i = groups.start(group); i < groups.end(group); i++) {
      int row = groups.order()[i];
      counts[splitCodes[row] * labels + labelCodes[row]]++;
      others[labelCodes[row]]--;
    }
    DerivedTable derived = new DerivedTable(name, labels);
    for (int i = groups.start(group); i < groups.end(group); i++) {
      int code = splitCodes[groups.order()[i]];
      derived.add(split.values().bytes(code), counts, code * labels);
      for (int label = 0; label < labels; label++) {
        counts[code * labels + label] = 0;
      }
    }
    derived.add(NONE, others, 0);
    return derived.build();
  }
}
