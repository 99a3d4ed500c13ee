package dev.millrace.features.ranking;

import java.util.Arrays;
import java.util.List;

/**
 * OutRank's surrogate score: 1 less the median over folds of the log loss of a logistic regression
 * that knows the field alone, trained on the other folds. More than two labels are told apart one
 * against the rest, and the probabilities scaled to sum 1.
 *
 * <p>With one one-hot field the regression is solved exactly: with the bias given, the weight of
 * each value depends on the counts of that value only.
 */
public final class SurrogateModel {
  /** Keeps a probability that the test rows contradict from costing infinitely much. */
  private static final double MIN_PROBABILITY = 1e-15;

  private SurrogateModel() {}

  /**
   * The score; 1 where the field determines the label, near 1 less the label's entropy where it
   * tells nothing, and below that where it overfits.
   *
   * @param folds by fold counts {@code [values, labels]}, all over the same values; at least two
   *     folds with rows
   */
  public static double score(List<long[]> folds, int labels) {
    long[] all = new long[folds.get(0).length];
    folds.forEach(fold -> add(all, fold, 1));
    double[] losses =
        folds.stream()
            .filter(fold -> Arrays.stream(fold).sum() > 0)
            .mapToDouble(fold -> loss(all, fold, labels))
            .sorted()
            .toArray();
    if (losses.length < 2) {
      throw new IllegalArgumentException("folds with rows must be >= 2, found " + losses.length);
    }
    return 1 - (losses[(losses.length - 1) / 2] + losses[losses.length / 2]) / 2;
  }

  private static void add(long[] sum, long[] counts, int sign) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += sign * counts[i];
    }
  }

  private static double loss(long[] all, long[] test, int labels) {
    long[] train = all.clone();
    add(train, test, -1);
    double[] probabilities = probabilities(train, labels);
    double sum = 0;
    double rows = 0;
    for (int i = 0; i < test.length; i++) {
      sum -= test[i] == 0 ? 0 : test[i] * Math.log(Math.max(probabilities[i], MIN_PROBABILITY));
      rows += test[i];
    }
    return sum / rows;
  }

  private static double[] probabilities(long[] train, int labels) {
    double[] probabilities = new double[train.length];
    for (int label = labels == 2 ? 1 : 0; label < labels; label++) {
      new OneHotRegression(train, labels, label).predict(probabilities);
    }
    for (int start = 0; start < train.length; start += labels) {
      if (labels == 2) {
        probabilities[start] = 1 - probabilities[start + 1];
      } else {
        double sum = 0;
        for (int i = start; i < start + labels; i++) {
          sum += probabilities[i];
        }
        for (int i = start; i < start + labels; i++) {
          probabilities[i] /= sum;
        }
      }
    }
    return probabilities;
  }
}
