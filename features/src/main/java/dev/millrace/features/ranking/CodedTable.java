package dev.millrace.features.ranking;

import java.util.Arrays;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * Counts of a field's values by label, {@code [values, labels]}, with the values and the labels in
 * the order of their codes. For the scores that, unlike mutual information, may ask which value is
 * which.
 */
public final class CodedTable {
  private final long[] counts;
  private final int labels;
  private final double[] byValue;
  private final double[] byLabel;
  private final double rows;

  /**
   * A table of these counts, which are kept by reference.
   *
   * @param counts row by row, each &gt;= 0
   */
  public CodedTable(long[] counts, int labels) {
    if (labels < 1 || counts.length % labels != 0) {
      throw new IllegalArgumentException(
          "counts must be a multiple of labels, found " + counts.length + " and " + labels);
    }
    this.counts = counts;
    this.labels = labels;
    this.byValue = new double[counts.length / labels];
    this.byLabel = new double[labels];
    for (int i = 0; i < counts.length; i++) {
      byValue[i / labels] += counts[i];
      byLabel[i % labels] += counts[i];
    }
    this.rows = Arrays.stream(byLabel).sum();
  }

  /** Share of the rows that have the most frequent combination of value and label, in [0,1]. */
  public double maxValueCoverage() {
    return rows == 0 ? 0 : Arrays.stream(counts).max().orElse(0) / rows;
  }

  /** Pearson's correlation of the codes, in [-1,1]; 0 where either is constant. */
  public double pearson() {
    double meanValue = mean(byValue);
    double meanLabel = mean(byLabel);
    double covariance = 0;
    for (int i = 0; i < counts.length; i++) {
      int value = i / labels;
      int label = i % labels;
      covariance += counts[i] * (value - meanValue) * (label - meanLabel);
    }
    double scale = Math.sqrt(scatter(byValue, meanValue)) * Math.sqrt(scatter(byLabel, meanLabel));
    return scale == 0 ? 0 : covariance / scale;
  }

  private double mean(double[] weights) {
    double sum = 0;
    for (int code = 0; code < weights.length; code++) {
      sum += code * weights[code];
    }
    return rows == 0 ? 0 : sum / rows;
  }

  private static double scatter(double[] weights, double mean) {
    double sum = 0;
    for (int code = 0; code < weights.length; code++) {
      sum += weights[code] * (code - mean) * (code - mean);
    }
    return sum;
  }

  /** Pearson's test of independence; values and labels without rows do not count. */
  public ChiSquare chiSquare() {
    double statistic = 0;
    for (int i = 0; i < counts.length; i++) {
      double mean = byValue[i / labels] * (byLabel[i % labels] / rows);
      statistic += mean == 0 ? 0 : (counts[i] - mean) * (counts[i] - mean) / mean;
    }
    long valueFreedom = Math.max(0, Arrays.stream(byValue).filter(sum -> sum > 0).count() - 1);
    long labelFreedom = Math.max(0, Arrays.stream(byLabel).filter(sum -> sum > 0).count() - 1);
    long freedom = valueFreedom * labelFreedom;
    return freedom == 0
        ? new ChiSquare(0, 0, 1, 0)
        : new ChiSquare(
            statistic,
            freedom,
            RegularizedGamma.Q.value(freedom / 2.0, statistic / 2),
            Math.sqrt(statistic / (rows * Math.min(valueFreedom, labelFreedom))));
  }

  /**
   * Pearson's test of independence.
   *
   * @param statistic {@code sum (count - mean)^2 / mean}
   * @param degreesOfFreedom {@code (values - 1) (labels - 1)}
   * @param pValue of the chi-square law; it needs most means above about 5
   * @param cramersV effect size, in [0,1]
   */
  public record ChiSquare(
      double statistic, long degreesOfFreedom, double pValue, double cramersV) {}
}
