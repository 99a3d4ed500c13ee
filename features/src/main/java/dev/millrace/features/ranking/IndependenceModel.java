package dev.millrace.features.ranking;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * What columns show about one label if they are independent of it: mean and variance of their
 * mutual information over all ways to deal the labels to the rows, exact up to what is said below.
 * What two columns share is computed once, so that one model serves all columns of a data set.
 * Thread-safe.
 *
 * <p><b>Mean</b>: the sum over cells (Vinh, Epps and Bailey, "Information Theoretic Measures for
 * Clusterings Comparison", JMLR 2010), one for all values of equal count.
 *
 * <p><b>Variance</b>: the counts of two cells are correlated polynomial degree by polynomial degree
 * (a Lancaster family). Cells of values with a and a' rows in one column of the table have the
 * correlation {@code (-1)^m r(a) r(a')} in degree m with {@code r(a)^2 = a(a-1)...(a-m+1) /
 * ((n-a)(n-a-1)...(n-a-m+1))}; in different columns that is multiplied by the same of the labels.
 * So the covariances of all cells are sums over values times sums over labels. Degrees 1 and 2 are
 * taken so; what a contribution holds of higher ones counts for the variance of its own cell only.
 * With two labels the two cells of a value are one function of one count, and nothing is lost
 * between them.
 *
 * <p><b>Upper tail</b>: the gamma law with this mean and variance, which for large counts is the
 * chi-square law of the likelihood ratio test; summed exactly for two values, two labels and a cell
 * of few rows.
 */
public final class IndependenceModel {
  /** From this mean of every cell on the exact tail of two values by two labels has a law. */
  private static final double MIN_CONTINUOUS_MEAN = 100;

  /** Relative size of a variance that is rounding: ids have none. */
  private static final double ROUNDING = 1e-10;

  private final long rows;
  private final long[] labels;
  private final double entropyNats;
  private final Map<Long, CellLaw[]> laws = new ConcurrentHashMap<>();

  /**
   * A model of this label.
   *
   * @param labelTotals rows by label, each &gt;= 0
   */
  public IndependenceModel(long[] labelTotals) {
    this.rows = Arrays.stream(labelTotals).sum();
    this.labels = Arrays.stream(labelTotals).filter(total -> total > 0).sorted().toArray();
    this.entropyNats = Margins.ofCounts(labels).entropyNats();
  }

  /**
   * What a column shows by chance.
   *
   * @param meanNats of mutual information
   * @param deviationNats standard deviation of mutual information; 0 where the margins fix it
   * @param squaredLogs mean of {@code sum k/n ln(nk / ab)^2} over the cells
   */
  record Chance(double meanNats, double deviationNats, double squaredLogs) {}

  /** Rows that the model is about. */
  long rows() {
    return rows;
  }

  /** Entropy of the label. */
  double entropyNats() {
    return entropyNats;
  }

  /** What a column with these margins shows by chance. */
  Chance of(Margins values) {
    if (values.rows() != rows) {
      throw new IllegalArgumentException(
          "values must have " + rows + " rows, found " + values.rows());
    }
    if (labels.length < 2) {
      return new Chance(0, 0, 0);
    }
    double mean = 0;
    double squaredLogs = 0;
    CellCovariances covariances = new CellCovariances(columns(), rows);
    for (int i = 0; i < values.size(); i++) {
      long multiplicity = values.multiplicity(i);
      CellLaw[] row = laws.computeIfAbsent(values.count(i), this::laws);
      for (CellLaw law : row) {
        mean += multiplicity * law.mean();
        squaredLogs += multiplicity * law.squaredLogs();
      }
      covariances.add(row, values.count(i), multiplicity);
    }
    double variance = covariances.variance();
    boolean fixed = variance <= ROUNDING * covariances.ownVariances();
    return new Chance(mean / rows, fixed ? 0 : Math.sqrt(variance) / rows, squaredLogs / rows);
  }

  /** Probability that a column with these margins shows at least this much by chance. */
  double pValue(Margins values, double informationNats, Chance chance) {
    if (chance.deviationNats() == 0) {
      return 1;
    }
    if (labels.length == 2 && values.cardinality() == 2) {
      long count = values.count(0);
      if (FourFoldTail.leastMean(count, labels[0], rows) < MIN_CONTINUOUS_MEAN) {
        return FourFoldTail.pValue(count, labels[0], rows, informationNats);
      }
    }
    double scale = chance.deviationNats() * chance.deviationNats() / chance.meanNats();
    return RegularizedGamma.Q.value(chance.meanNats() / scale, informationNats / scale);
  }

  /** The labels whose cells are taken one by one: of two labels one, for the pair. */
  private long[] columns() {
    return labels.length == 2 ? Arrays.copyOf(labels, 1) : labels;
  }

  private CellLaw[] laws(long count) {
    return Arrays.stream(columns())
        .mapToObj(
            label ->
                labels.length == 2
                    ? CellLaw.ofPair(count, label, rows)
                    : CellLaw.ofCell(count, label, rows))
        .toArray(CellLaw[]::new);
  }
}
