package dev.millrace.features.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Indicators of the values of a multi-valued field, between semicolons in its cells: {@code
 * genres:Drama} is 1 on the rows whose list has the value and 0 on all others. They follow from the
 * counts of the lists; no row is looked at again.
 */
final class ExplodedFields {
  /** The most frequent values have a field. */
  static final int MAX_VALUES = 100;

  private static final String SEPARATOR = ";";
  private static final byte[] PRESENT = {'1'};
  private static final byte[] ABSENT = {'0'};

  private final Set<String> missing;
  private final long[] labelRows;

  /**
   * @param missing symbols of missing values, which have no field
   * @param labelRows rows by label
   */
  ExplodedFields(Set<String> missing, long[] labelRows) {
    this.missing = missing;
    this.labelRows = labelRows;
  }

  /** Makes the indicators of a column, the most frequent value first. */
  void of(FieldTable source, Consumer<FieldTable> to) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (int code = 0; code < source.values().size(); code++) {
      for (String value : new HashSet<>(List.of(source.values().text(code).split(SEPARATOR)))) {
        if (!value.isEmpty() && !missing.contains(value)) {
          int[] row = counts.computeIfAbsent(value, added -> new int[labelRows.length]);
          for (int label = 0; label < row.length; label++) {
            row[label] += source.count(code, label);
          }
        }
      }
    }
    Comparator<Map.Entry<String, int[]>> mostFrequentFirst =
        Comparator.comparingLong(entry -> -rows(entry.getValue()));
    List<Map.Entry<String, int[]>> all = new ArrayList<>(counts.entrySet());
    all.sort(mostFrequentFirst.thenComparing(Map.Entry.comparingByKey()));
    all.stream()
        .limit(MAX_VALUES)
        .forEach(entry -> to.accept(indicator(source.name(), entry.getKey(), entry.getValue())));
  }

  private static long rows(int[] row) {
    long rows = 0;
    for (int count : row) {
      rows += count;
    }
    return rows;
  }

  private FieldTable indicator(String column, String value, int[] present) {
    int[] absent = new int[present.length];
    for (int label = 0; label < present.length; label++) {
      absent[label] = (int) labelRows[label] - present[label];
    }
    DerivedTable derived = new DerivedTable(column + ":" + value, present.length);
    derived.add(PRESENT, present, 0);
    derived.add(ABSENT, absent, 0);
    return derived.build();
  }
}
