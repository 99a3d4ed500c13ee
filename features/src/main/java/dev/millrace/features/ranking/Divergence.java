package dev.millrace.features.ranking;

/** The term that mutual information and its expectation share. */
final class Divergence {
  /** Within it the series gives all digits of a double in its eight terms. */
  private static final double NEAR = 0.1;

  private Divergence() {}

  /**
   * {@code k ln(k / mean) - (k - mean)} for a count k and its mean under independence, &gt;= 0.
   *
   * <p>Summed over a table, or over a distribution of k with this mean, {@code k - mean} cancels
   * and {@code k ln(k / mean)} is left. With it no term is negative, so that sums near independence
   * lose no digits. Near the mean it is a series in {@code v = (k - mean) / (k + mean)}, since the
   * logarithm would cancel (Loader, "Fast and accurate computation of binomial probabilities",
   * 2000).
   */
  static double term(double count, double mean) {
    if (count == 0) {
      return mean;
    }
    double excess = count - mean;
    double v = excess / (count + mean);
    if (v > NEAR || v < -NEAR) {
      return count * Math.log(count / mean) - excess;
    }
    double s = v * v;
    double series =
        1.0 / 3
            + s
                * (1.0 / 5
                    + s
                        * (1.0 / 7
                            + s
                                * (1.0 / 9
                                    + s * (1.0 / 11 + s * (1.0 / 13 + s * (1.0 / 15 + s / 17))))));
    return excess * v + 2 * count * v * s * series;
  }
}
