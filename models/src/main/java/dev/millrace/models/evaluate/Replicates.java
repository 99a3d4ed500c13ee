package dev.millrace.models.evaluate;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A metric in each replicate of a bootstrap, NaN where it was not defined, as without a click;
 * those are left out of everything.
 */
final class Replicates {
  private final double[] values;

  Replicates(double[] values) {
    this.values = values;
  }

  /** By the number of the replicate. */
  double[] values() {
    return values;
  }

  /**
   * The percentile interval (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
   * section 13.3), its ends being replicates, so that it agrees with {@link #pValue}. Empty when
   * too few replicates are defined.
   */
  Optional<Interval> interval(double significance) {
    double[] sorted = defined();
    int tail = (int) Math.floor(significance * (sorted.length + 1) / 2);
    return tail < 1
        ? Optional.empty()
        : Optional.of(new Interval(sorted[tail - 1], sorted[sorted.length - tail]));
  }

  /** How these replicates differ from those of the same draws of another model. */
  Replicates minus(Replicates other) {
    return new Replicates(
        IntStream.range(0, values.length).mapToDouble(i -> values[i] - other.values[i]).toArray());
  }

  /** The standard deviation of the replicates. */
  double standardError() {
    double[] sorted = defined();
    double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
    double squares = Arrays.stream(sorted).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (sorted.length - 1));
  }

  /**
   * Twice the share of replicates on the rarer side of zero: at most the significance just when the
   * {@linkplain #interval interval} excludes zero. The draws themselves count as one, so that it is
   * {@code 2 / (replicates + 1)} at least.
   */
  double pValue() {
    double[] sorted = defined();
    long below = Arrays.stream(sorted).filter(value -> value <= 0).count();
    long above = Arrays.stream(sorted).filter(value -> value >= 0).count();
    return Math.min(1, 2.0 * (Math.min(below, above) + 1) / (sorted.length + 1));
  }

  private double[] defined() {
    return Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
  }
}
