package dev.millrace.features.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * Draws indexes with given weights in constant time by the alias method (M. Vose, IEEE Trans.
 * Softw. Eng. 17(9), 1991).
 */
final class PopularitySampler {
  private final double[] threshold;
  private final int[] alias;

  /**
   * @param weights positive, in any unit
   */
  PopularitySampler(double[] weights) {
    int n = weights.length;
    threshold = new double[n];
    alias = new int[n];
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    Deque<Integer> small = new ArrayDeque<>();
    Deque<Integer> large = new ArrayDeque<>();
    for (int i = 0; i < n; i++) {
      threshold[i] = weights[i] * n / total;
      (threshold[i] < 1 ? small : large).add(i);
    }
    pair(small, large);
  }

  private void pair(Deque<Integer> small, Deque<Integer> large) {
    while (!small.isEmpty() && !large.isEmpty()) {
      int receiver = small.remove();
      int donor = large.element();
      alias[receiver] = donor;
      threshold[donor] -= 1 - threshold[receiver];
      if (threshold[donor] < 1) {
        small.add(large.remove());
      }
    }
    // What rounding left over has the threshold 1 up to rounding.
    small.forEach(i -> threshold[i] = 1);
    large.forEach(i -> threshold[i] = 1);
  }

  int draw(SplittableRandom random) {
    int i = random.nextInt(threshold.length);
    return random.nextDouble() < threshold[i] ? i : alias[i];
  }
}
