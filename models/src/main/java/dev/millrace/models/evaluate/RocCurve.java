package dev.millrace.models.evaluate;

import java.util.OptionalDouble;

/** Area under the ROC curve and its standard error in one pass over sorted scores. */
final class RocCurve {
  private final Placements positives;
  private final Placements negatives;

  private RocCurve(Placements positives, Placements negatives) {
    this.positives = positives;
    this.negatives = negatives;
  }

  static RocCurve of(ScoreOrder order) {
    long positiveCount = order.clicks(0, order.size());
    RocCurve curve =
        new RocCurve(new Placements(positiveCount), new Placements(order.size() - positiveCount));
    long positivesBelow = 0;
    long negativesBelow = 0;
    for (int from = 0; from < order.size(); ) {
      int to = order.tieEnd(from);
      long tiedPositives = order.clicks(from, to);
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
