package dev.millrace.jobs.io;

import java.io.Serializable;
import java.time.Duration;

/**
 * How event time advances.
 *
 * @param outOfOrderness how far the records of one partition may be out of order
 * @param idleness after which silence a partition no longer holds the watermark back; zero: never.
 *     With it, a record that breaks the silence may be late.
 */
public record EventTimeSettings(Duration outOfOrderness, Duration idleness)
    implements Serializable {

  public EventTimeSettings {
    if (outOfOrderness.isNegative()) {
      throw new IllegalArgumentException(
          "out-of-orderness must be >= 0, found " + outOfOrderness.toMillis() + " ms");
    }
    if (idleness.isNegative()) {
      throw new IllegalArgumentException(
          "idleness must be >= 0, found " + idleness.toMillis() + " ms");
    }
  }
}
