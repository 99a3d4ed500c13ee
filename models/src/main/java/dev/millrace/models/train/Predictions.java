package dev.millrace.models.train;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Probabilities and labels of examples, as they come in. */
final class Predictions {
  private float[] probabilities = {};
  private float[] labels = {};
  private int size;

  void add(float[] batch, FloatBuffer batchLabels) {
    if (size + batch.length > probabilities.length) {
      int capacity = Math.max(size + batch.length, Math.addExact(size, size >> 1));
      probabilities = Arrays.copyOf(probabilities, capacity);
      labels = Arrays.copyOf(labels, capacity);
    }
    System.arraycopy(batch, 0, probabilities, size, batch.length);
    batchLabels.get(labels, size, batch.length);
    size += batch.length;
  }

  float[] probabilities() {
    return Arrays.copyOf(probabilities, size);
  }

  float[] labels() {
    return Arrays.copyOf(labels, size);
  }
}
