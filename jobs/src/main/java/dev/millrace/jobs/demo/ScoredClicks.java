package dev.millrace.jobs.demo;

import dev.millrace.models.evaluate.BinaryMetrics;
import java.util.Arrays;

/** Scores and clicks in growing arrays. */
final class ScoredClicks {

  private float[] scores = new float[1024];
  private float[] clicks = new float[1024];
  private int size;

  void add(double score, boolean clicked) {
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
      clicks = Arrays.copyOf(clicks, 2 * size);
    }
    scores[size] = (float) score;
    clicks[size] = clicked ? 1 : 0;
    size++;
  }

  BinaryMetrics metrics() {
    return BinaryMetrics.of(Arrays.copyOf(scores, size), Arrays.copyOf(clicks, size));
  }
}
