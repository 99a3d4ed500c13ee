package dev.millrace.features.table;

import dev.millrace.features.ranking.FieldQuality.ValueCount;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A table that has been counted.
 *
 * @param fields in the order of their columns
 * @param labels values of the label
 * @param labelRows rows by label
 * @param columns codes of the fields in their order and, last, of the label, where anything asks
 *     for rows once they have gone by
 */
record CountedTable(
    List<FieldTable> fields,
    ValueDictionary labels,
    long[] labelRows,
    long rows,
    long malformed,
    Optional<ColumnFile> columns)
    implements Closeable {

  int labelCount() {
    return labelRows.length;
  }

  /** The field of this name, or null. */
  FieldTable field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst().orElse(null);
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
