package dev.millrace.features.ranking;

/**
 * What a cell of a contingency table adds to mutual information if its margins are given and the
 * rows are dealt at random. Its count k is hypergeometric; its contribution is {@code h(k) =
 * term(k, mean)}, or that of a pair of cells which share a margin a, {@code term(k, mean) + term(a
 * - k, a - mean)}, see {@link Divergence#term}.
 *
 * <p>The contribution is resolved into orthogonal polynomials of k, because counts of different
 * cells are correlated degree by degree, see {@link IndependenceModel}.
 *
 * @param mean expectation of h
 * @param variance of h
 * @param linear coefficient of h on the normalised polynomial of degree 1, {@code (k - mean) / sd}
 * @param quadratic coefficient of h on that of degree 2; 0 where k has two values
 * @param squaredLogs expectation of {@code k ln(k / mean)^2}, of both cells of a pair
 */
record CellLaw(double mean, double variance, double linear, double quadratic, double squaredLogs) {

  /**
   * Where the means are at least this, the expansion in central moments is exact to 1e-9 of a
   * contribution, 1e-11 of the information of any table; elsewhere the bulk of the law spans at
   * most some 200 counts, and is summed.
   */
  private static final double MIN_EXPANDED_MEAN = 100;

  /** The law of one cell with margins a and b of n rows, each in [1, n]. */
  static CellLaw ofCell(long a, long b, long n) {
    double mean = (double) a * b / n;
    return mean >= MIN_EXPANDED_MEAN
        ? CellExpansion.of(CentralMoments.of(a, b, n), mean, Double.POSITIVE_INFINITY)
        : CellSum.over(a, b, n, false);
  }

  /** The law of the cells (a, b) and (a, n - b) together, b in [1, n). */
  static CellLaw ofPair(long a, long b, long n) {
    double mean = (double) a * b / n;
    double other = (double) a * (n - b) / n;
    return Math.min(mean, other) >= MIN_EXPANDED_MEAN
        ? CellExpansion.of(CentralMoments.of(a, b, n), mean, other)
        : CellSum.over(a, b, n, true);
  }

  /**
   * The law from moments of h and of {@code y = k - mean}.
   *
   * @param central {@code E y^2, E y^3, E y^4} at indices 2, 3, 4
   * @param products {@code E h, E h y, E h y^2}
   */
  static CellLaw of(double[] central, double[] products, double squares, double squaredLogs) {
    double variance = central[2];
    if (variance == 0) {
      return new CellLaw(products[0], 0, 0, 0, squaredLogs);
    }
    double skew = central[3] / variance;
    double norm = central[4] - central[3] * skew - variance * variance;
    double quadratic = products[2] - skew * products[1] - variance * products[0];
    // Two values of k leave no second degree: what rounding leaves of it is not one.
    boolean curved = norm > 1e-9 * central[4];
    return new CellLaw(
        products[0],
        Math.max(0, squares - products[0] * products[0]),
        products[1] / Math.sqrt(variance),
        curved ? quadratic / Math.sqrt(norm) : 0,
        squaredLogs);
  }
}
