package dev.millrace.features.table;

import dev.millrace.features.ranking.FieldQuality.ValueCount;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A table that has been counted. */
final class CountedTable implements Closeable {
  private final List<FieldTable> fields;
  private final ValueDictionary labels;
  private final long[] labelRows;
  private final long rows;
  private final long malformed;
  private final Optional<ColumnFile> columns;

  /**
   * @param fields in the order of their columns
   * @param labels values of the label
   * @param labelRows rows by label; kept by reference
   * @param columns codes of the fields in their order and, last, of the label, where anything asks
   *     for rows once they have gone by
   */
  CountedTable(
      List<FieldTable> fields,
      ValueDictionary labels,
      long[] labelRows,
      long rows,
      long malformed,
      Optional<ColumnFile> columns) {
    this.fields = fields;
    this.labels = labels;
    this.labelRows = labelRows;
    this.rows = rows;
    this.malformed = malformed;
    this.columns = columns;
  }

  List<FieldTable> fields() {
    return fields;
  }

  ValueDictionary labels() {
    return labels;
  }

  long[] labelRows() {
    return labelRows;
  }

  long rows() {
    return rows;
  }

  long malformed() {
    return malformed;
  }

  Optional<ColumnFile> columns() {
    return columns;
  }

  int labelCount() {
    return labelRows.length;
  }

  /** The label as text with its rows, most frequent first. */
  List<ValueCount> labelDistribution() {
    List<ValueCount> distribution = new ArrayList<>();
    for (int label = 0; label < labelRows.length; label++) {
      distribution.add(new ValueCount(labels.text(label), labelRows[label]));
    }
    distribution.sort(Comparator.comparingLong(ValueCount::rows).reversed());
    return distribution;
  }

  @Override
  public void close() throws IOException {
    if (columns.isPresent()) {
      columns.get().close();
    }
  }
}
