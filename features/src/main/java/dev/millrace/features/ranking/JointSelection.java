package dev.millrace.features.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Greedy selection by joint mutual information (Yang and Moody, "Data Visualization and Feature
 * Selection", NIPS 1999): after the most relevant field, always the one with the greatest {@code
 * sum I(X; Y | C)} over the chosen C. A field that tells nothing by itself is taken early if it
 * completes a chosen one, a copy of a chosen one late.
 */
public final class JointSelection {
  private JointSelection() {}

  /**
   * All fields in the order of selection, equal ones in the order given.
   *
   * @param relevance by field, nats
   * @param joint symmetric: relevance of the fields i and j taken together, nats; the diagonal is
   *     not read
   */
  public static Selection select(List<String> features, double[] relevance, double[][] joint) {
    double[] sums = new double[relevance.length];
    List<Selection.Step> steps = new ArrayList<>();
    List<Integer> left = indices(relevance.length);
    while (!left.isEmpty()) {
      double[] criterion = steps.isEmpty() ? relevance : sums;
      int taken = best(left, i -> criterion[i]);
      left.remove((Integer) taken);
      steps.add(new Selection.Step(features.get(taken), criterion[taken]));
      for (int i : left) {
        sums[i] += Interaction.conditionalNats(relevance[taken], joint[i][taken]);
      }
    }
    return new Selection("jmi", steps);
  }

  static List<Integer> indices(int size) {
    return new ArrayList<>(IntStream.range(0, size).boxed().toList());
  }

  /** The first of those with the greatest value. */
  static int best(List<Integer> candidates, IntToDoubleFunction value) {
    int best = candidates.get(0);
    for (int candidate : candidates) {
      best = value.applyAsDouble(candidate) > value.applyAsDouble(best) ? candidate : best;
    }
    return best;
  }
}
