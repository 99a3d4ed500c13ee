package dev.millrace.features.ranking;

/**
 * {@code ln(p(x,y) / p(x)p(y))} over the rows of a table.
 *
 * @param meanNats its mean, the plug-in mutual information, &gt;= 0
 * @param varianceNats its variance, &gt;= 0
 */
record PointwiseInformation(double meanNats, double varianceNats) {

  static PointwiseInformation of(CountProfile profile) {
    long[] labels = profile.labelTotals();
    double rows = profile.rows();
    double terms = 0;
    double squares = 0;
    for (int i = 0; i < profile.size(); i++) {
      double total = profile.total(i);
      double term = 0;
      double square = 0;
      for (int label = 0; label < labels.length; label++) {
        double mean = total * (labels[label] / rows);
        double count = profile.count(i, label);
        // Summed with the excess, which cancels over the table, no digits are lost near
        // independence: see Divergence.
        double log = count == 0 ? 0 : Math.log1p((count - mean) / mean);
        term += count * log - (count - mean);
        square += count * log * log;
      }
      terms += profile.multiplicity(i) * term;
      squares += profile.multiplicity(i) * square;
    }
    double mean = rows == 0 ? 0 : Math.max(0, terms / rows);
    return new PointwiseInformation(
        mean, rows == 0 ? 0 : Math.max(0, squares / rows - mean * mean));
  }
}
