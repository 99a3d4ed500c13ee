package dev.millrace.features.ranking;

/**
 * The law of a cell with a large mean m, from the power series of its contribution in {@code y = k
 * - m}: {@code k ln(k/m) - y = sum (-1)^j y^j / (j (j-1) m^(j-1))} and {@code k ln(k/m)^2 = y^2/m +
 * sum (-1)^j 2 (H(j-1)/j - H(j-2)/(j-1)) y^j / m^(j-1)} with harmonic numbers H, for j &gt;= 2 and
 * 3.
 */
final class CellExpansion {
  private static final int ORDER = CentralMoments.ORDER;
  private static final double[] TERM = termCoefficients();
  private static final double[] SQUARED_LOG = squaredLogCoefficients();

  private CellExpansion() {}

  /**
   * The law of one or two cells.
   *
   * @param moments central moments of k
   * @param mean of k
   * @param other mean of the other cell, whose count is a constant less k; infinite if there is
   *     none
   */
  static CellLaw of(double[] moments, double mean, double other) {
    double[] h = series(TERM, mean, other);
    double[] products = new double[3];
    double squares = 0;
    for (int i = 2; i <= ORDER; i++) {
      for (int power = 0; power < products.length && i + power <= ORDER; power++) {
        products[power] += h[i] * moments[i + power];
      }
      for (int j = 2; i + j <= ORDER; j++) {
        squares += h[i] * h[j] * moments[i + j];
      }
    }
    double[] logs = series(SQUARED_LOG, mean, other);
    double squaredLogs = 0;
    for (int i = 2; i <= ORDER; i++) {
      squaredLogs += logs[i] * moments[i];
    }
    return CellLaw.of(moments, products, squares, squaredLogs);
  }

  private static double[] series(double[] coefficients, double mean, double other) {
    double[] series = new double[ORDER + 1];
    double power = 1 / mean;
    double otherPower = -1 / other;
    for (int j = 2; j <= ORDER; j++) {
      series[j] = coefficients[j] * (power - otherPower);
      power /= mean;
      otherPower /= -other;
    }
    return series;
  }

  private static double[] termCoefficients() {
    double[] coefficients = new double[ORDER + 1];
    for (int j = 2; j <= ORDER; j++) {
      coefficients[j] = sign(j) / (j * (j - 1.0));
    }
    return coefficients;
  }

  private static double[] squaredLogCoefficients() {
    double[] coefficients = new double[ORDER + 1];
    coefficients[2] = 1;
    double before = 1;
    for (int j = 3; j <= ORDER; j++) {
      double harmonic = before + 1.0 / (j - 1);
      coefficients[j] = sign(j) * 2 * (harmonic / j - before / (j - 1));
      before = harmonic;
    }
    return coefficients;
  }

  private static int sign(int j) {
    return j % 2 == 0 ? 1 : -1;
  }
}
