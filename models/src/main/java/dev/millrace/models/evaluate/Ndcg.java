package dev.millrace.models.evaluate;

/**
 * Normalised discounted cumulative gain of the first k places, with gain 1 for a click and discount
 * {@code 1 / log2(place + 1)} (Järvelin and Kekäläinen, 2002). Rows whose scores tie share the
 * expectation over all of their orders (McSherry and Najork, "Computing Information Retrieval
 * Performance Measures Efficiently in the Presence of Tied Scores", ECIR 2008), so that no model
 * gains or loses by the order of the data.
 */
final class Ndcg {
  /** Sum of the discounts of the places before an index. */
  private final double[] discountsBefore;

  /**
   * @param cutoff k, at least 1
   */
  Ndcg(int cutoff) {
    discountsBefore = new double[cutoff + 1];
    for (int place = 1; place <= cutoff; place++) {
      discountsBefore[place] = discountsBefore[place - 1] + Math.log(2) / Math.log(place + 1.0);
    }
  }

  /** What rows with tied scores add to the gain, from a place counted from 0. */
  double gain(int clicks, int from, int to) {
    return (double) clicks / (to - from) * (before(to) - before(from));
  }

  /** The gain of the best order. */
  double ideal(int clicks) {
    return before(clicks);
  }

  private double before(int places) {
    return discountsBefore[Math.min(places, discountsBefore.length - 1)];
  }
}
