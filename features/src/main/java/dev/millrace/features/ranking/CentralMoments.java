package dev.millrace.features.ranking;

/** Central moments of a hypergeometric count, by recurrence. */
final class CentralMoments {
  /** The highest order, which decides how exact {@link CellExpansion} is. */
  static final int ORDER = 18;

  private static final double[][] BINOMIAL = binomials();

  private CentralMoments() {}

  /**
   * {@code E (k - ab/n)^j} for j in [0, ORDER], n &gt; ORDER.
   *
   * <p>From {@code E k (n - a - b + k) f(k - 1) = E (a - k)(b - k) f(k)}, which holds for every f
   * because neighbouring probabilities have that ratio, with {@code f(k) = (k - ab/n)^j}.
   */
  static double[] of(long a, long b, long n) {
    double mean = (double) a * b / n;
    double slope = n - a - b + 2 * mean;
    double constant = mean * (n - a) * (n - b) / n;
    double[] moments = new double[ORDER + 1];
    moments[0] = 1;
    for (int j = 1; j < ORDER; j++) {
      double sum = j * (slope * moments[j] + constant * moments[j - 1]);
      double sign = -1;
      for (int i = j - 2; i >= 0; i--) {
        double part = moments[i + 2] + slope * moments[i + 1] + constant * moments[i];
        sum += sign * BINOMIAL[j][i] * part;
        sign = -sign;
      }
      moments[j + 1] = sum / (n - j);
    }
    return moments;
  }

  private static double[][] binomials() {
    double[][] rows = new double[ORDER + 1][ORDER + 1];
    for (int j = 0; j <= ORDER; j++) {
      rows[j][0] = 1;
      for (int i = 1; i <= j; i++) {
        rows[j][i] = rows[j - 1][i - 1] + rows[j - 1][i];
      }
    }
    return rows;
  }
}
