package dev.millrace.models.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Predicted probabilities against click rates, bin by bin.
 *
 * @param binning how rows were put into bins
 * @param bins in ascending order of probability, none of them empty
 */
public record Reliability(Binning binning, List<Bin> bins) {
  /** How rows are put into bins. */
  public enum Binning {
    /**
     * By rank, as many rows in each: rare clicks crowd near zero, where bins of equal width would
     * put them all into one. Rows of one probability stay together, so that bins may be fewer.
     */
    EQUAL_MASS,
    /** By probability, {@code [i / bins, (i + 1) / bins)}. */
    EQUAL_WIDTH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Rows with probabilities close to each other.
   *
   * @param least probability of the rows
   * @param most probability of the rows
   * @param meanPrediction mean probability
   * @param clickRate share of clicks
   * @param rows rows, at least 1
   * @param clicks rows with label 1
   * @param clickRateInterval Wilson's interval of the click rate
   */
  public record Bin(
      double least,
      double most,
      double meanPrediction,
      double clickRate,
      long rows,
      long clicks,
      Interval clickRateInterval) {}

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * @param count bins at most, at least 1
   * @param confidence of the intervals, in (0, 1)
   */
  static Reliability of(ScoreOrder order, Binning binning, int count, double confidence) {
    List<Bin> bins = new ArrayList<>();
    int from = 0;
    while (from < order.size()) {
      int to =
          binning == Binning.EQUAL_MASS
              ? massEnd(order, from, count)
              : widthEnd(order, from, count);
      bins.add(bin(order, from, to, confidence));
      from = to;
    }
    return new Reliability(binning, bins);
  }

  /**
   * Expected calibration error: the mean distance of prediction and click rate over the bins,
   * weighted by their rows, in [0, 1] (Naeini, Cooper and Hauskrecht, AAAI 2015; Guo et al., ICML
   * 2017, equation 3; with bins of equal mass as Nixon et al., 2019, have it). It is above zero for
   * a calibrated model, too, by what chance moves the click rates: compare it between models on the
   * same rows. Empty without rows.
   */
  public OptionalDouble expectedCalibrationError() {
    double sum = 0;
    long rows = 0;
    for (Bin bin : bins) {
      sum += bin.rows() * Math.abs(bin.meanPrediction() - bin.clickRate());
      rows += bin.rows();
    }
    return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / rows);
  }

  /** Where the bin ends that the rows from a rank on belong to: behind the ties of its last row. */
  private static int massEnd(ScoreOrder order, int from, int count) {
    long bin = (long) from * count / order.size();
    long last = ((bin + 1) * order.size() + count - 1) / count - 1;
    return order.tieEnd((int) last);
  }

  private static int widthEnd(ScoreOrder order, int from, int count) {
    int bin = widthBin(order.probability(from), count);
    int to = from + 1;
    while (to < order.size() && widthBin(order.probability(to), count) == bin) {
      to++;
    }
    return to;
  }

  private static int widthBin(float probability, int count) {
    // Probability 1 belongs to the last bin.
    return Math.min(count - 1, (int) ((double) probability * count));
  }

  private static Bin bin(ScoreOrder order, int from, int to, double confidence) {
    int rows = to - from;
    long clicks = order.clicks(from, to);
    double sum = 0;
    for (int rank = from; rank < to; rank++) {
      sum += order.probability(rank);
    }
    return new Bin(
        order.probability(from),
        order.probability(to - 1),
        sum / rows,
        (double) clicks / rows,
        rows,
        clicks,
        Interval.wilson(clicks, rows, confidence));
  }
}
