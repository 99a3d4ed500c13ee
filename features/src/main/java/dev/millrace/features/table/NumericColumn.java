package dev.millrace.features.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * The numbers of a column, each with its rows, and statistics over the rows. Missing values have no
 * part in it.
 */
final class NumericColumn {
  private final int[] codes;
  private final double[] values;
  private final long[] rows;

  /**
   * A column of these numbers, at least one; the arrays are kept by reference.
   *
   * @param codes of the numbers in their table
   * @param rows of the numbers, each &gt;= 1
   */
  NumericColumn(int[] codes, double[] values, long[] rows) {
    this.codes = codes;
    this.values = values;
    this.rows = rows;
  }

  /**
   * A table's column, if all its values that are not missing are numbers, and there are some.
   *
   * @param missing symbols of missing values
   */
  static Optional<NumericColumn> of(FieldTable table, Set<String> missing) {
    int size = table.values().size();
    int[] codes = new int[size];
    double[] numbers = new double[size];
    int found = 0;
    for (int code = 0; code < size; code++) {
      if (!FieldQualities.isMissing(table.values(), code, missing)) {
        numbers[code] = Numbers.parse(table.values().bytes(code));
        if (Double.isNaN(numbers[code])) {
          return Optional.empty();
        }
        codes[found++] = code;
      }
    }
    return found == 0
        ? Optional.empty()
        : Optional.of(ascending(table, Arrays.copyOf(codes, found), numbers));
  }

  /** Most transformers are monotone: what they make of sorted numbers is sorted soon. */
  private static NumericColumn ascending(FieldTable table, int[] codes, double[] numbers) {
    int[] sorted =
        Arrays.stream(codes)
            .boxed()
            .sorted(Comparator.comparingDouble(code -> numbers[code]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new NumericColumn(
        sorted,
        Arrays.stream(sorted).mapToDouble(code -> numbers[code]).toArray(),
        Arrays.stream(sorted).mapToLong(table::rows).toArray());
  }

  /** Distinct values of the column; two of them may be the same number, such as 1 and 1.0. */
  int size() {
    return values.length;
  }

  /** Code of the i-th value in its table. */
  int code(int i) {
    return codes[i];
  }

  /** The numbers, not to be changed. */
  double[] values() {
    return values;
  }

  /** The same rows with other numbers. */
  NumericColumn with(double[] others) {
    return new NumericColumn(codes, others, rows);
  }

  private double mean(DoubleUnaryOperator of) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < values.length; i++) {
      sum += rows[i] * of.applyAsDouble(values[i]);
      count += rows[i];
    }
    return sum / count;
  }

  double mean() {
    return mean(value -> value);
  }

  /** Of the rows as they are, without Bessel's correction. */
  double variance() {
    double mean = mean();
    return mean(value -> (value - mean) * (value - mean));
  }

  double standardDeviation() {
    return Math.sqrt(variance());
  }

  double minimum() {
    return Arrays.stream(values).min().orElseThrow();
  }

  double maximum() {
    return Arrays.stream(values).max().orElseThrow();
  }

  /**
   * A percentile of the rows, linear between the two nearest.
   *
   * @param percent in [0,100]
   * @throws TableException for another percent
   */
  double percentile(double percent) {
    RankingOptions.require(
        percent >= 0 && percent <= 100, "percentile must be in [0,100]", percent);
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Double.compare(values[a], values[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    double position = (Arrays.stream(rows).sum() - 1) * percent / 100;
    double lower = atRow(order, (long) Math.floor(position));
    double upper = atRow(order, (long) Math.ceil(position));
    return lower + (upper - lower) * (position - Math.floor(position));
  }

  private double atRow(int[] order, long row) {
    int i = 0;
    for (long end = rows[order[0]]; end <= row; end += rows[order[i]]) {
      i++;
    }
    return values[order[i]];
  }
}
