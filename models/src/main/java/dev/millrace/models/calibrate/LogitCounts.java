package dev.millrace.models.calibrate;

import java.util.Arrays;

/**
 * Rows and clicks of each logit, ascending. Logits are rounded to {@value #GRID}, which moves a
 * probability by 0.0001 of itself at most; closer ones would make an isotonic curve steep enough to
 * tell the rounding of one engine from that of another.
 */
final class LogitCounts {
  private static final float GRID = 0x1p-13f;

  private final float[] logits;
  private final int[] rows;
  private final int[] clicks;
  private final int size;
  private final long totalRows;
  private final long totalClicks;

  private LogitCounts(long[] keys) {
    logits = new float[keys.length];
    rows = new int[keys.length];
    clicks = new int[keys.length];
    int last = -1;
    for (int i = 0; i < keys.length; i++) {
      if (i == 0 || keys[i] >> 1 != keys[i - 1] >> 1) {
        logits[++last] = logit(keys[i]);
      }
      rows[last]++;
      clicks[last] += (int) (keys[i] & 1);
    }
    size = last + 1;
    totalRows = keys.length;
    totalClicks = Arrays.stream(keys).map(key -> key & 1).sum();
  }

  /**
   * @throws IllegalArgumentException when the values break their rule
   */
  static LogitCounts of(float[] logits, float[] labels) {
    if (logits.length != labels.length) {
      throw new IllegalArgumentException(
          "labels must be %d long, found %d".formatted(logits.length, labels.length));
    }
    long[] keys = new long[logits.length];
    for (int i = 0; i < keys.length; i++) {
      requireValid(i, logits[i], labels[i]);
      keys[i] = key(logits[i], labels[i]);
    }
    Arrays.parallelSort(keys);
    LogitCounts counts = new LogitCounts(keys);
    if (counts.totalClicks == 0 || counts.totalClicks == counts.totalRows) {
      throw new IllegalArgumentException(
          "labels must hold both classes, found %d clicks in %d rows"
              .formatted(counts.totalClicks, counts.totalRows));
    }
    if (counts.size == 1) {
      throw new IllegalArgumentException(
          "logits must not all be equal, found " + counts.logits[0] + " only");
    }
    return counts;
  }

  /** Distinct logits, at least 2. */
  int size() {
    return size;
  }

  float logit(int index) {
    return logits[index];
  }

  int rows(int index) {
    return rows[index];
  }

  int clicks(int index) {
    return clicks[index];
  }

  long totalRows() {
    return totalRows;
  }

  long totalClicks() {
    return totalClicks;
  }

  private static void requireValid(int index, float logit, float label) {
    if (!Float.isFinite(logit)) {
      throw new IllegalArgumentException(
          "logits[%d] must be finite, found %s".formatted(index, logit));
    }
    if (label != 0 && label != 1) {
      throw new IllegalArgumentException(
          "labels[%d] must be 0 or 1, found %s".formatted(index, label));
    }
  }

  /** A logit as bits that sort as it does, with the label in the lowest. */
  private static long key(float logit, float label) {
    // In double, for the largest floats; adding zero turns -0 into 0, whose bits are different.
    float rounded = (float) (Math.rint((double) logit / GRID) * GRID + 0.0);
    return (long) flipped(Float.floatToIntBits(rounded)) << 1 | (long) label;
  }

  private static float logit(long key) {
    return Float.intBitsToFloat(flipped((int) (key >> 1)));
  }

  /** Negative floats sort backwards by their bits; flips them there and back. */
  private static int flipped(int bits) {
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }
}
