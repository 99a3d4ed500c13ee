package dev.millrace.jobs.demo;

import dev.millrace.models.evaluate.BinaryMetrics;
import java.util.OptionalDouble;

/**
 * How good the rankings of the live release were.
 *
 * @param rankings answered by the release
 * @param metrics its scores against clicks
 * @param bestPossibleAuc AUC of the true probabilities on the same examples, where they are known
 * @param clicks expected clicks of the items shown, where the true probabilities are known
 */
record LiveQuality(
    long rankings, BinaryMetrics metrics, OptionalDouble bestPossibleAuc, ExpectedClicks clicks) {

  /**
   * Mean expected clicks on a page, by the true probabilities.
   *
   * @param random of a page of random candidates
   * @param ranked of the page that was shown
   * @param best of the best page
   */
  record ExpectedClicks(double random, double ranked, double best) {

    /** How much of the way from random to best the ranking goes; 1 is all of it. */
    double share() {
      return (ranked - random) / (best - random);
    }
  }
}
