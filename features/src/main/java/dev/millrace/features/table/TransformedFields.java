package dev.millrace.features.table;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Fields that numeric transformers make of numeric ones. A transform is a function of the value, so
 * that its table is the source's with the values merged that it maps to the same result, and no row
 * is looked at again. Results are the same if they are equal as doubles, without rounding; what is
 * not finite is one value, and each missing value stays its own.
 *
 * <p>A field's score does not depend on the names of its values. A transform is therefore left out
 * if it maps all numbers to different results (then it scores as its source does), if it maps all
 * to one, and if an earlier transform of the source merged the same values.
 */
final class TransformedFields {
  private static final String NOT_FINITE = "not finite";

  /** Integers up to here are written as such. */
  private static final double LARGEST_INTEGER = 1e15;

  private final List<NumericTransformer> transformers;
  private final Set<String> missing;
  private final int labels;

  /**
   * @param missing symbols of missing values
   */
  TransformedFields(List<NumericTransformer> transformers, Set<String> missing, int labels) {
    this.transformers = transformers;
    this.missing = missing;
    this.labels = labels;
  }

  /** Makes the fields of a column; none, if it is not numeric. */
  void of(FieldTable source, Consumer<FieldTable> to) {
    NumericColumn column = NumericColumn.of(source, missing).orElse(null);
    if (column == null) {
      return;
    }
    Set<Long> merged = new HashSet<>();
    for (NumericTransformer transformer : transformers) {
      double[] results = transformer.over(column);
      double[] distinct = distinct(results);
      if (distinct.length > 1 && distinct.length < results.length) {
        int[] groups = new int[results.length];
        Arrays.setAll(groups, i -> Arrays.binarySearch(distinct, results[i]));
        if (merged.add(signature(groups, distinct.length))) {
          to.accept(table(transformer.fieldName(source.name()), source, column, groups, distinct));
        }
      }
    }
  }

  private static double[] distinct(double[] results) {
    double[] sorted = results.clone();
    Arrays.sort(sorted);
    int size = 0;
    for (double result : sorted) {
      if (size == 0 || Double.compare(sorted[size - 1], result) != 0) {
        sorted[size++] = result;
      }
    }
    return Arrays.copyOf(sorted, size);
  }

  /** Equal where the same values are merged; others share one with a chance of 2^-64. */
  private static long signature(int[] groups, int count) {
    int[] byAppearance = new int[count];
    int[] renumbered = new int[groups.length];
    int found = 0;
    for (int i = 0; i < groups.length; i++) {
      if (byAppearance[groups[i]] == 0) {
        byAppearance[groups[i]] = ++found;
      }
      renumbered[i] = byAppearance[groups[i]];
    }
    return Hashing.xxh3_64().hashStream().putInts(renumbered).getAsLong();
  }

  /**
   * Merges values.
   *
   * @param groups of the numbers of the column
   * @param results by group
   */
  private FieldTable table(
      String name, FieldTable source, NumericColumn column, int[] groups, double[] results) {
    int[] counts = new int[results.length * labels];
    boolean[] isNumber = new boolean[source.values().size()];
    for (int i = 0; i < groups.length; i++) {
      isNumber[column.code(i)] = true;
      for (int label = 0; label < labels; label++) {
        counts[groups[i] * labels + label] += source.count(column.code(i), label);
      }
    }
    DerivedTable derived = new DerivedTable(name, labels);
    for (int group = 0; group < results.length; group++) {
      byte[] text = text(results[group]).getBytes(StandardCharsets.UTF_8);
      derived.add(text, counts, group * labels);
    }
    int[] row = new int[labels];
    for (int code = 0; code < isNumber.length; code++) {
      if (!isNumber[code]) {
        for (int label = 0; label < labels; label++) {
          row[label] = source.count(code, label);
        }
        derived.add(source.values().bytes(code), row, 0);
      }
    }
    return derived.build();
  }

  /** A result as text; it is told apart from a symbol of missing values of the same spelling. */
  private String text(double result) {
    String text = Double.toString(result);
    if (Double.isNaN(result)) {
      text = NOT_FINITE;
    } else if (result == Math.rint(result) && Math.abs(result) < LARGEST_INTEGER) {
      text = Long.toString((long) result);
    }
    return missing.contains(text) ? "=" + text : text;
  }
}
