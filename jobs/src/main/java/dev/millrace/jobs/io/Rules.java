package dev.millrace.jobs.io;

import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Rules that hold for the records of every topic.
 *
 * @param clock tells what the far future is
 * @param maxClockSkew how far ahead of the clock an event time may be
 */
public record Rules(Clock clock, Duration maxClockSkew) implements Serializable {

  public Rules {
    if (maxClockSkew.isNegative()) {
      throw new IllegalArgumentException(
          "max-clock-skew must be >= 0, found " + maxClockSkew.toMillis() + " ms");
    }
  }

  /** An id must not be empty. */
  public static void requireId(String name, String id) throws RejectedRecordException {
    if (id.isEmpty()) {
      throw new RejectedRecordException(Reason.INVALID, name + " must not be empty");
    }
  }

  /**
   * An event time must not be negative nor in the far future.
   *
   * @return milliseconds since the epoch
   */
  public long requireTimestamp(Instant timestamp) throws RejectedRecordException {
    long latest = clock.millis() + maxClockSkew.toMillis();
    long millis = timestamp.toEpochMilli();
    if (millis < 0 || millis > latest) {
      throw new RejectedRecordException(
          Reason.TIMESTAMP,
          "timestamp must be between 0 and %d (%s), found %d"
              .formatted(latest, Instant.ofEpochMilli(latest), millis));
    }
    return millis;
  }
}
