package dev.millrace.models.train;

import dev.millrace.models.calibrate.Calibration;
import dev.millrace.models.evaluate.BinaryMetrics;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Logits of a network and labels of the examples, in the order of the examples: 8 bytes each. */
public final class Predictions {
  private float[] logits = {};
  private float[] labels = {};
  private int size;

  void add(float[] batch, FloatBuffer batchLabels) {
    if (size + batch.length > logits.length) {
      int capacity = Math.max(size + batch.length, Math.addExact(size, size >> 1));
      logits = Arrays.copyOf(logits, capacity);
      labels = Arrays.copyOf(labels, capacity);
    }
    System.arraycopy(batch, 0, logits, size, batch.length);
    batchLabels.get(labels, size, batch.length);
    size += batch.length;
  }

  /**
   * @throws IllegalStateException when a logit is not a number: the parameters are lost then
   */
  void requireFinite() {
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(logits[i])) {
        throw new IllegalStateException(
            "logits[%d] of validation must be finite, found %s".formatted(i, logits[i]));
      }
    }
  }

  /** Log odds of a click, {@code [examples]}. */
  public float[] logits() {
    return Arrays.copyOf(logits, size);
  }

  /** Probabilities of a click, {@code [examples]}. */
  public float[] probabilities(Calibration calibration) {
    float[] probabilities = new float[size];
    for (int i = 0; i < size; i++) {
      probabilities[i] = calibration.apply(logits[i]);
    }
    return probabilities;
  }

  /** 1 for a click, 0 for none, {@code [examples]}. */
  public float[] labels() {
    return Arrays.copyOf(labels, size);
  }

  /** How good the probabilities are. */
  public BinaryMetrics metrics(Calibration calibration) {
    return BinaryMetrics.of(probabilities(calibration), labels());
  }
}
