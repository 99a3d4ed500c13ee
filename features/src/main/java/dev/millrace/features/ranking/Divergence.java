package dev.millrace.features.ranking;

/** The term that mutual information and its expectation share. */
final class Divergence {
  private Divergence() {}

  /**
   * {@code k ln(k / mean) - (k - mean)} for a count k and its mean under independence, &gt;= 0.
   *
   * <p>Summed over a table, or over a distribution of k with this mean, {@code k - mean} cancels
   * and {@code k ln(k / mean)} is left. With it no term is negative, so that sums near independence
   * lose no digits.
   */
  static double term(double count, double mean) {
    if (count == 0) {
      return mean;
    }
    double excess = (count - mean) / mean;
    return count * Math.log1p(excess) - mean * excess;
  }
}
