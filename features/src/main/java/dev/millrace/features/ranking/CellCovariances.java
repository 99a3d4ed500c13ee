package dev.millrace.features.ranking;

/**
 * Variance of a sum over all cells of a table, from the laws of its cells, see {@link
 * IndependenceModel}. With c(a,b) the coefficient of the cell of row a and column b in some degree,
 * and r of the margins, the covariance of two cells is {@code c c'} times {@code s r(a) r(a')} for
 * their rows, if they differ, times {@code s r(b) r(b')} for their columns, if they differ, with s
 * = -1 in degree 1 and 1 in degree 2. A double sum of that over different rows is the square of a
 * sum less the sum of squares, so that one pass over the rows does.
 */
final class CellCovariances {
  private static final int DEGREES = 2;

  private final long rows;

  /** r(b) by degree and column. */
  private final double[][] columnRatios = new double[DEGREES][];

  /** Sum of c r(a) over the rows of the table so far, by degree and column. */
  private final double[][] columnSums = new double[DEGREES][];

  private double ownVariances;
  private double withinRows;
  private double sameRowTwice;

  /**
   * A table without rows.
   *
   * @param columns margins of the columns whose cells are given
   * @param rows of the data
   */
  CellCovariances(long[] columns, long rows) {
    this.rows = rows;
    for (int degree = 0; degree < DEGREES; degree++) {
      columnRatios[degree] = new double[columns.length];
      columnSums[degree] = new double[columns.length];
      for (int j = 0; j < columns.length; j++) {
        columnRatios[degree][j] = ratio(columns[j], degree);
      }
    }
  }

  /** Adds rows of the table with this margin and these laws by column. */
  void add(CellLaw[] laws, long margin, long multiplicity) {
    for (CellLaw law : laws) {
      ownVariances += multiplicity * law.variance();
    }
    for (int degree = 0; degree < DEGREES; degree++) {
      double ratio = ratio(margin, degree);
      double along = 0;
      double alongSquares = 0;
      double squares = 0;
      for (int j = 0; j < laws.length; j++) {
        double coefficient = degree == 0 ? laws[j].linear() : laws[j].quadratic();
        double across = coefficient * columnRatios[degree][j];
        along += across;
        alongSquares += across * across;
        squares += coefficient * coefficient;
        columnSums[degree][j] += multiplicity * coefficient * ratio;
      }
      double otherColumns = along * along - alongSquares;
      withinRows += multiplicity * sign(degree) * otherColumns;
      sameRowTwice += multiplicity * ratio * ratio * (sign(degree) * squares + otherColumns);
    }
  }

  /** Sum of the variances of the cells alone. */
  double ownVariances() {
    return ownVariances;
  }

  /** Variance of the sum, &gt;= 0. */
  double variance() {
    double betweenRows = -sameRowTwice;
    for (int degree = 0; degree < DEGREES; degree++) {
      double whole = 0;
      for (int j = 0; j < columnSums[degree].length; j++) {
        double column = columnSums[degree][j];
        double weighted = column * columnRatios[degree][j];
        whole += weighted;
        betweenRows += sign(degree) * column * column - weighted * weighted;
      }
      betweenRows += whole * whole;
    }
    return Math.max(0, ownVariances + withinRows + betweenRows);
  }

  private static int sign(int degree) {
    return degree == 0 ? -1 : 1;
  }

  /** {@code r} of a margin: its falling factorial over that of the rest, to the root. */
  private double ratio(long margin, int degree) {
    double ratio = 1;
    for (int i = 0; i <= degree; i++) {
      long rest = rows - margin - i;
      // Without rest the count is fixed in this degree, and its coefficient 0.
      ratio *= rest <= 0 ? 0 : (double) (margin - i) / rest;
    }
    return Math.sqrt(Math.max(0, ratio));
  }
}
