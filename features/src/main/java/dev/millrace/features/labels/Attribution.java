package dev.millrace.features.labels;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a click counts for an impression, in event time.
 *
 * @param window how long after its impression a click counts; at least one millisecond
 * @param allowedLateness how far behind the watermark a record may arrive and still be joined
 */
public record Attribution(Duration window, Duration allowedLateness) implements Serializable {

  public Attribution {
    if (window.toMillis() < 1) {
      throw new IllegalArgumentException(
          "attribution-window must be >= 1 ms, found " + window.toMillis() + " ms");
    }
    if (allowedLateness.isNegative()) {
      throw new IllegalArgumentException(
          "allowed-lateness must be >= 0, found " + allowedLateness.toMillis() + " ms");
    }
  }

  long windowMillis() {
    return window.toMillis();
  }

  /** How long a record waits for its counterparts, the last of which may be late. */
  long waitMillis() {
    return window.toMillis() + allowedLateness.toMillis();
  }

  boolean isLate(long timestampMillis, long watermarkMillis) {
    return timestampMillis + allowedLateness.toMillis() < watermarkMillis;
  }
}
