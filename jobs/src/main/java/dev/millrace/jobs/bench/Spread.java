package dev.millrace.jobs.bench;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A figure over the repetitions of a benchmark.
 *
 * @param median the middle one, or the mean of the two in the middle
 */
record Spread(double min, double median, double max) {

  /**
   * @throws IllegalArgumentException if there are no values, or one is no finite number
   */
  static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values must be >= 1, found 0");
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("values must be finite, found " + value);
      }
    }
    double[] ascending = values.clone();
    Arrays.sort(ascending);
    int middle = ascending.length / 2;
    double median =
        ascending.length % 2 == 1
            ? ascending[middle]
            : (ascending[middle - 1] + ascending[middle]) / 2;
    return new Spread(ascending[0], median, ascending[ascending.length - 1]);
  }

  /** The figure in another unit; the conversion must not decrease. */
  Spread map(DoubleUnaryOperator conversion) {
    return new Spread(
        conversion.applyAsDouble(min),
        conversion.applyAsDouble(median),
        conversion.applyAsDouble(max));
  }
}
