package dev.millrace.models.evaluate;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Area under the ROC curve and its standard error from one sort: O(n log n), no boxing. */
final class RocCurve {
  private final Placements positives;
  private final Placements negatives;

  private RocCurve(Placements positives, Placements negatives) {
    this.positives = positives;
    this.negatives = negatives;
  }

  /**
   * @param scores not negative, so that their bits sort as they do
   * @param labels 0 or 1
   */
  static RocCurve of(float[] scores, float[] labels) {
    long[] keys = sortedKeys(scores, labels);
    long positiveCount = Arrays.stream(keys).filter(RocCurve::isPositive).count();
    RocCurve curve =
        new RocCurve(new Placements(positiveCount), new Placements(keys.length - positiveCount));
    long positivesBelow = 0;
    long negativesBelow = 0;
    for (int from = 0; from < keys.length; ) {
      long tiedPositives = 0;
      int to = from;
      for (; to < keys.length && keys[to] >> 1 == keys[from] >> 1; to++) {
        tiedPositives += keys[to] & 1;
      }
      long tiedNegatives = to - from - tiedPositives;
      double positivesAbove = positiveCount - positivesBelow - tiedPositives;
      curve.positives.add(tiedPositives, negativesBelow + tiedNegatives / 2.0);
      curve.negatives.add(tiedNegatives, positivesAbove + tiedPositives / 2.0);
      positivesBelow += tiedPositives;
      negativesBelow += tiedNegatives;
      from = to;
    }
    return curve;
  }

  OptionalDouble area() {
    if (positives.count == 0 || negatives.count == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(positives.sum / positives.count / negatives.count);
  }

  /** Square root of DeLong's variance: that of the placements of each class, over its size. */
  OptionalDouble standardError() {
    if (positives.count < 2 || negatives.count < 2) {
      return OptionalDouble.empty();
    }
    double variance =
        positives.varianceOfMean(negatives.count) + negatives.varianceOfMean(positives.count);
    return OptionalDouble.of(Math.sqrt(variance));
  }

  /** Scores as sortable bits, with the label in the lowest. */
  private static long[] sortedKeys(float[] scores, float[] labels) {
    long[] keys = new long[scores.length];
    for (int i = 0; i < keys.length; i++) {
      // Adding zero turns -0 into 0, whose bits are different.
      long bits = Float.floatToIntBits(scores[i] + 0f);
      keys[i] = bits << 1 | (long) labels[i];
    }
    Arrays.sort(keys);
    return keys;
  }

  private static boolean isPositive(long key) {
    return (key & 1) == 1;
  }

  /** For each example of a class, how many of the other class it is ranked rightly against. */
  private static final class Placements {
    private final long count;
    private double sum;
    private double sumOfSquares;

    Placements(long count) {
      this.count = count;
    }

    void add(long examples, double placement) {
      sum += examples * placement;
      sumOfSquares += examples * placement * placement;
    }

    double varianceOfMean(long others) {
      double mean = sum / count;
      double sample = Math.max(0, sumOfSquares - count * mean * mean) / (count - 1);
      return sample / ((double) others * others) / count;
    }
  }
}
