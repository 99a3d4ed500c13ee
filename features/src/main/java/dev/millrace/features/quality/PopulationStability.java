package dev.millrace.features.quality;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * The population stability index of two samples over the same cells, {@code sum (p - q) ln(p / q)}
 * in nats, which is the Jeffreys divergence. Without drift it is about {@code 1/m + 1/n} times a
 * chi-square variable of B - 1 degrees of freedom over B cells (Yurdakul and Naranjo, "Statistical
 * properties of the population stability index", 2020); with many rare cells up to half less.
 *
 * @param index &gt;= 0
 * @param expected without drift, nats
 * @param pValue probability of an index at least as high without drift
 */
public record PopulationStability(double index, double expected, double pValue) {
  /** Added to every cell, so that an empty one has a logarithm. */
  private static final double PRIOR = 0.5;

  /** Rows of the smaller sample for each cell with rows; with fewer the expectation is off. */
  private static final int ROWS_OF_CELL = 10;

  /** The index less what it is on average without drift. */
  public double excess() {
    return index - expected;
  }

  /**
   * Compares two samples of a field. Hash buckets are folded in halves until there are enough rows
   * for each of them; missing values have a cell of their own.
   *
   * @param before rows by hash bucket, as many buckets as {@code after}, a power of two
   */
  public static PopulationStability between(
      long[] before, long missingBefore, long[] after, long missingAfter) {
    long rows =
        Math.min(
            Arrays.stream(before).sum() + missingBefore, Arrays.stream(after).sum() + missingAfter);
    long[] first = before;
    long[] second = after;
    while (first.length > 1 && occupied(first, second) * (long) ROWS_OF_CELL > rows) {
      first = fold(first);
      second = fold(second);
    }
    return ofCells(with(first, missingBefore), with(second, missingAfter));
  }

  private static long[] fold(long[] buckets) {
    long[] folded = Arrays.copyOf(buckets, buckets.length / 2);
    for (int i = 0; i < folded.length; i++) {
      folded[i] += buckets[folded.length + i];
    }
    return folded;
  }

  private static long[] with(long[] buckets, long missing) {
    long[] cells = Arrays.copyOf(buckets, buckets.length + 1);
    cells[buckets.length] = missing;
    return cells;
  }

  private static int occupied(long[] first, long[] second) {
    int occupied = 0;
    for (int i = 0; i < first.length; i++) {
      occupied += first[i] + second[i] > 0 ? 1 : 0;
    }
    return occupied;
  }

  private static PopulationStability ofCells(long[] first, long[] second) {
    int cells = occupied(first, second);
    double m = Arrays.stream(first).sum() + PRIOR * cells;
    double n = Arrays.stream(second).sum() + PRIOR * cells;
    double index = 0;
    for (int i = 0; i < first.length; i++) {
      if (first[i] + second[i] > 0) {
        double p = (first[i] + PRIOR) / m;
        double q = (second[i] + PRIOR) / n;
        index += (p - q) * Math.log(p / q);
      }
    }
    double unit = 1 / m + 1 / n;
    int freedom = cells - 1;
    double chance = freedom < 1 ? 1 : RegularizedGamma.Q.value(freedom / 2.0, index / unit / 2);
    return new PopulationStability(index, Math.max(0, freedom) * unit, chance);
  }
}
