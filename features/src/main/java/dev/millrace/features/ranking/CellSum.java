package dev.millrace.features.ranking;

/**
 * The law of a cell by summing over the bulk of its hypergeometric distribution. Weights are
 * relative to the mode's and grow away from it by the ratio of neighbours, so that no factorial is
 * needed.
 */
final class CellSum {
  /** Weights relative to the mode's; what lies beyond adds less than 2^-53 for any n below 2^40. */
  private static final double NEGLIGIBLE = 1e-22;

  private final double mean;
  private final double other;
  private final double total;
  private double weights;
  private final double[] central = new double[5];
  private final double[] products = new double[3];
  private double squares;
  private double squaredLogs;

  private CellSum(double a, double mean, boolean pair) {
    this.total = a;
    this.mean = mean;
    this.other = pair ? a - mean : Double.POSITIVE_INFINITY;
  }

  static CellLaw over(long rowMargin, long columnMargin, long rows, boolean pair) {
    double a = rowMargin;
    double b = columnMargin;
    double n = rows;
    CellSum sum = new CellSum(a, a * b / n, pair);
    double low = Math.max(0, a + b - n);
    double high = Math.min(a, b);
    double mode = Math.min(high, Math.max(low, Math.floor((a + 1) * (b + 1) / (n + 2))));
    sum.add(mode, 1);
    double weight = 1;
    for (double k = mode; k < high && weight > NEGLIGIBLE; k++) {
      weight *= (a - k) / (k + 1) * ((b - k) / (n - a - b + k + 1));
      sum.add(k + 1, weight);
    }
    weight = 1;
    for (double k = mode; k > low && weight > NEGLIGIBLE; k--) {
      weight *= k / (a - k + 1) * ((n - a - b + k) / (b - k + 1));
      sum.add(k - 1, weight);
    }
    return sum.law(a * b * (n - a) * (n - b) / (n * n * Math.max(1, n - 1)));
  }

  private void add(double k, double weight) {
    double y = k - mean;
    double log = k == 0 ? 0 : Math.log1p(y / mean);
    double h = k * log - y;
    double logs = k * log * log;
    if (other < Double.POSITIVE_INFINITY) {
      double rest = total - k;
      double restLog = rest == 0 ? 0 : Math.log1p(-y / other);
      h += rest * restLog + y;
      logs += rest * restLog * restLog;
    }
    weights += weight;
    squaredLogs += weight * logs;
    products[0] += weight * h;
    products[1] += weight * h * y;
    products[2] += weight * h * y * y;
    squares += weight * h * h;
    central[3] += weight * y * y * y;
    central[4] += weight * y * y * y * y;
  }

  private CellLaw law(double variance) {
    for (int i = 0; i < products.length; i++) {
      products[i] /= weights;
    }
    central[2] = variance;
    central[3] /= weights;
    central[4] /= weights;
    return CellLaw.of(central, products, squares / weights, squaredLogs / weights);
  }
}
