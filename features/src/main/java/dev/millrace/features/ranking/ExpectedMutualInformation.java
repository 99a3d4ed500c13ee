package dev.millrace.features.ranking;

import java.util.Arrays;

/**
 * Exact expectation of mutual information between two independent columns with given counts, under
 * the permutation model (Vinh, Epps and Bailey, "Information Theoretic Measures for Clusterings
 * Comparison", JMLR 2010): a cell with margins a and b of n rows is hypergeometric.
 *
 * <p>Values of equal count share their sum, and a sum runs over the bulk of its distribution only,
 * so that the cost grows with (distinct counts)^2 times the standard deviation of a cell.
 */
final class ExpectedMutualInformation {
  /** Weights relative to the mode's; what lies beyond adds less than 2^-53 for any n below 2^40. */
  private static final double NEGLIGIBLE = 1e-30;

  private ExpectedMutualInformation() {}

  /**
   * The expectation in nats.
   *
   * @param rowMargins counts of the values of one column, each &gt;= 0
   * @param columnMargins counts of the values of the other, with the same sum
   */
  static double nats(long[] rowMargins, long[] columnMargins) {
    double rows = Arrays.stream(rowMargins).sum();
    double[] a = positiveSorted(rowMargins);
    double[] b = positiveSorted(columnMargins);
    double sum = 0;
    for (int i = 0; i < a.length; i = endOfRun(a, i)) {
      for (int j = 0; j < b.length; j = endOfRun(b, j)) {
        double cells = (double) (endOfRun(a, i) - i) * (endOfRun(b, j) - j);
        sum += cells * expectedTerm(a[i], b[j], rows);
      }
    }
    return sum == 0 ? 0 : sum / rows;
  }

  /**
   * Expectation of {@link Divergence#term} of a hypergeometric count. Weights are relative to the
   * mode's and grow away from it by the ratio of neighbours, so that no factorial is needed.
   */
  private static double expectedTerm(double a, double b, double n) {
    double mean = a * b / n;
    double low = Math.max(0, a + b - n);
    double high = Math.min(a, b);
    double mode = Math.min(high, Math.max(low, Math.floor((a + 1) * (b + 1) / (n + 2))));
    double weights = 1;
    double terms = Divergence.term(mode, mean);
    double weight = 1;
    for (double k = mode; k < high && weight > NEGLIGIBLE; k++) {
      weight *= (a - k) / (k + 1) * ((b - k) / (n - a - b + k + 1));
      weights += weight;
      terms += weight * Divergence.term(k + 1, mean);
    }
    weight = 1;
    for (double k = mode; k > low && weight > NEGLIGIBLE; k--) {
      weight *= k / (a - k + 1) * ((n - a - b + k) / (b - k + 1));
      weights += weight;
      terms += weight * Divergence.term(k - 1, mean);
    }
    return terms / weights;
  }

  private static double[] positiveSorted(long[] margins) {
    return Arrays.stream(margins).filter(margin -> margin > 0).asDoubleStream().sorted().toArray();
  }

  private static int endOfRun(double[] sorted, int start) {
    int end = start + 1;
    while (end < sorted.length && sorted[end] == sorted[start]) {
      end++;
    }
    return end;
  }
}
