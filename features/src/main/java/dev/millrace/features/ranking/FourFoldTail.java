package dev.millrace.features.ranking;

/**
 * The exact test of independence of two values and two labels by their mutual information: the
 * probability of all tables with the same margins that show at least as much. For the few rows of a
 * rare value no continuous law will do.
 */
final class FourFoldTail {
  /** Tables that differ by rounding only show the same. */
  private static final double TIE = 1e-9;

  private final double a;
  private final double b;
  private final double n;
  private final double least;
  private double all;
  private double tail;

  private FourFoldTail(double a, double b, double n, double information) {
    this.a = a;
    this.b = b;
    this.n = n;
    this.least = information * n * (1 - TIE);
  }

  /** The least count that independence lets one expect in a cell. */
  static double leastMean(long a, long b, long n) {
    return (double) Math.min(a, n - a) * Math.min(b, n - b) / n;
  }

  /**
   * The p-value.
   *
   * @param a rows of one value, in [1, n)
   * @param b rows of one label, in [1, n)
   * @param n rows
   * @param information mutual information observed, nats
   */
  static double pValue(long a, long b, long n, double information) {
    return new FourFoldTail(a, b, n, information).pValue();
  }

  /** From the mode to where probabilities underflow. */
  private double pValue() {
    double low = Math.max(0, a + b - n);
    double high = Math.min(a, b);
    double mode = Math.floor((a + 1) * (b + 1) / (n + 2));
    add(mode, 1);
    double weight = 1;
    for (double k = mode; k < high && weight > 0; k++) {
      weight *= (a - k) / (k + 1) * ((b - k) / (n - a - b + k + 1));
      add(k + 1, weight);
    }
    weight = 1;
    for (double k = mode; k > low && weight > 0; k--) {
      weight *= k / (a - k + 1) * ((n - a - b + k) / (b - k + 1));
      add(k - 1, weight);
    }
    return tail / all;
  }

  private void add(double k, double weight) {
    double shown =
        Divergence.term(k, a * b / n)
            + Divergence.term(a - k, a * (n - b) / n)
            + Divergence.term(b - k, (n - a) * b / n)
            + Divergence.term(n - a - b + k, (n - a) * (n - b) / n);
    all += weight;
    tail += shown >= least ? weight : 0;
  }
}
