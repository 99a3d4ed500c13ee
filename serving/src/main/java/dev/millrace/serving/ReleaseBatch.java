package dev.millrace.serving;

import dev.millrace.features.encoding.RowEncoder;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/** Encoded candidates of one release, and their scores. */
final class ReleaseBatch {

  private final Scorer scorer;
  private final RowEncoder encoder;
  private final ScoringBatch batch;
  private final int[] rows;
  private final float[] weights;
  private float[] probabilities;

  ReleaseBatch(Scorer scorer, int capacity) {
    this.scorer = scorer;
    this.encoder = scorer.encoder();
    this.batch = scorer.newBatch(capacity);
    this.rows = new int[encoder.lookups()];
    this.weights = new float[encoder.lookups()];
    this.probabilities = new float[capacity];
  }

  void add(Object[] values) {
    encoder.encode(values, rows, weights, 0);
    batch.add(rows, weights);
  }

  /** Click probabilities of what was added, valid until the next call. */
  float[] score() {
    if (batch.size() > probabilities.length) {
      probabilities = new float[Math.max(batch.size(), 2 * probabilities.length)];
    }
    scorer.score(batch, probabilities);
    return probabilities;
  }

  /** The embedding rows that were looked up for an example. */
  List<Integer> rows(int example) {
    IntBuffer looked = batch.rows(example, example + 1);
    List<Integer> list = new ArrayList<>(looked.remaining());
    while (looked.hasRemaining()) {
      list.add(looked.get());
    }
    return list;
  }

  void clear() {
    batch.clear();
  }
}
