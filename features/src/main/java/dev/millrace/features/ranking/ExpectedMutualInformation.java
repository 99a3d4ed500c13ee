package dev.millrace.features.ranking;

/**
 * Exact expectation of mutual information between two independent columns with given counts, under
 * the permutation model (Vinh, Epps and Bailey, "Information Theoretic Measures for Clusterings
 * Comparison", JMLR 2010): a cell with margins a and b of n rows is hypergeometric.
 *
 * <p>Values of equal count share their sum, so that the cost grows with the distinct counts.
 */
final class ExpectedMutualInformation {
  private ExpectedMutualInformation() {}

  /** The expectation in nats for two columns over the same rows. */
  static double nats(Margins left, Margins right) {
    double rows = left.rows();
    double sum = 0;
    for (int i = 0; i < left.size(); i++) {
      for (int j = 0; j < right.size(); j++) {
        double cells = (double) left.multiplicity(i) * right.multiplicity(j);
        sum += cells * CellLaw.ofCell(left.count(i), right.count(j), left.rows()).mean();
      }
    }
    return sum == 0 ? 0 : sum / rows;
  }
}
