package dev.millrace.models.evaluate;

import java.util.Optional;

/**
 * A metric of two models on the same rows.
 *
 * @param metric which
 * @param baseline value of the model that is compared with
 * @param candidate value of the model that is compared
 * @param test of the difference {@code candidate - baseline}; empty when there was no bootstrap
 */
public record Difference(Metric metric, double baseline, double candidate, Optional<Test> test) {
  /** Of a normal law: a difference of this many standard errors is found in 80% of the cases. */
  private static final double POWER_MARGIN = Interval.normalQuantile(0.6);

  /**
   * A paired bootstrap: both models are measured on the same draws.
   *
   * @param interval of the difference
   * @param standardError of the difference
   * @param pValue two-sided, of no difference
   * @param significance at or below which a p-value is significant
   */
  public record Test(Interval interval, double standardError, double pValue, double significance) {
    /**
     * Whether chance alone would rarely make such a difference; then the interval excludes zero.
     */
    public boolean isSignificant() {
      return pValue <= significance;
    }
  }

  /** Candidate less baseline. */
  public double difference() {
    return candidate - baseline;
  }

  /** Whether the candidate is the better one, significant or not. */
  public boolean isImprovement() {
    return metric.improvement(baseline, candidate) > 0;
  }

  /**
   * How many times the rows it would take to find a difference of this size in 80% of the cases;
   * infinite for none.
   */
  static double rowsNeeded(double difference, Test test) {
    double margin = Interval.normalQuantile(1 - test.significance()) + POWER_MARGIN;
    double deviations = margin * test.standardError() / difference;
    return deviations * deviations;
  }
}
