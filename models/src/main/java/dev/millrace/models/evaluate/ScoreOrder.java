package dev.millrace.models.evaluate;

import java.util.Arrays;

/** The rows of scores in ascending order of probability, from one primitive sort. */
final class ScoreOrder {
  private final Scores scores;
  private final int[] rows;

  private ScoreOrder(Scores scores, int[] rows) {
    this.scores = scores;
    this.rows = rows;
  }

  static ScoreOrder of(Scores scores) {
    long[] keys = new long[scores.size()];
    for (int row = 0; row < keys.length; row++) {
      // The bits of floats that are not negative sort as the floats do.
      keys[row] = (long) Float.floatToIntBits(scores.probability(row)) << Integer.SIZE | row;
    }
    Arrays.parallelSort(keys);
    int[] rows = new int[keys.length];
    for (int rank = 0; rank < rows.length; rank++) {
      rows[rank] = (int) keys[rank];
    }
    return new ScoreOrder(scores, rows);
  }

  Scores scores() {
    return scores;
  }

  int size() {
    return rows.length;
  }

  int row(int rank) {
    return rows[rank];
  }

  float probability(int rank) {
    return scores.probability(rows[rank]);
  }

  /** 1 for a click, else 0. */
  int click(int rank) {
    return scores.click(rows[rank]);
  }

  /** The rank behind the rows whose probability is that of a rank. */
  int tieEnd(int rank) {
    float probability = probability(rank);
    int end = rank + 1;
    while (end < rows.length && probability(end) == probability) {
      end++;
    }
    return end;
  }

  /** Clicks in a range of ranks. */
  int clicks(int from, int to) {
    int clicks = 0;
    for (int rank = from; rank < to; rank++) {
      clicks += click(rank);
    }
    return clicks;
  }
}
