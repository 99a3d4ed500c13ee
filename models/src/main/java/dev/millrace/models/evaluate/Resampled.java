package dev.millrace.models.evaluate;

/** A metric of rows whose units each count a number of times. */
sealed interface Resampled permits WeightedAuc, WeightedRatio {
  /**
   * Measures the metric.
   *
   * @param weights how often each unit counts, not negative
   * @return NaN when it is not defined
   */
  double measure(byte[] weights);
}
