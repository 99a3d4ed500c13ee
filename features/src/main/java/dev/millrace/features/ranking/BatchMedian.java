package dev.millrace.features.ranking;

import java.util.Arrays;

/**
 * The median of a score over batches of rows, as OutRank takes it: a last batch of at most 1,024
 * rows does not count, unless it is the only one.
 */
public final class BatchMedian {
  private static final int SHORT_BATCH = 1_024;

  private double[] scores = new double[16];
  private int size;
  private int lastRows;

  /** Adds the score of the next batch. */
  public void add(double score, int rows) {
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
    }
    scores[size++] = score;
    lastRows = rows;
  }

  /** The median of the scores that count, 0 if there are none. */
  public double median() {
    int counted = size > 1 && lastRows <= SHORT_BATCH ? size - 1 : size;
    double[] sorted = Arrays.copyOf(scores, counted);
    Arrays.sort(sorted);
    return counted == 0 ? 0 : (sorted[(counted - 1) / 2] + sorted[counted / 2]) / 2;
  }
}
