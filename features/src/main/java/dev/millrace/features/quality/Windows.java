package dev.millrace.features.quality;

import java.io.Serializable;
import java.time.Duration;

/**
 * Tumbling windows of event time, numbered from the epoch. A window is due when event time reaches
 * its end, and closed, so that nothing can change it, when the allowed lateness has passed as well.
 *
 * @param width of a window, whole seconds, &gt;= 1
 * @param allowedLateness whole seconds, &gt;= 0
 */
public record Windows(Duration width, Duration allowedLateness) implements Serializable {

  /** Beyond any event time; further on sums of times would overflow. */
  private static final long END_OF_TIME = 1L << 60;

  public Windows {
    requireWholeSeconds("window", width, 1);
    requireWholeSeconds("allowed-lateness", allowedLateness, 0);
  }

  /** A window is due one millisecond before a whole second, so no window is closed just then. */
  private static void requireWholeSeconds(String name, Duration duration, long min) {
    if (duration.toSeconds() < min || !duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
      throw new IllegalArgumentException(
          "%s must be >= %d and whole seconds, found %s".formatted(name, min, duration));
    }
  }

  /** The window of an event time, milliseconds since the epoch. */
  public long of(long timestamp) {
    return Math.floorDiv(timestamp, width.toMillis());
  }

  /** Event time at which a window starts. */
  public long start(long window) {
    return window * width.toMillis();
  }

  /** Event time at which a window ends, exclusive. */
  public long end(long window) {
    return start(window + 1);
  }

  /** Event time of the timer at which a window is due. */
  public long due(long window) {
    return end(window) - 1;
  }

  /** Event time of the timer at which a window is closed. */
  public long closing(long window) {
    return end(window) + allowedLateness.toMillis();
  }

  /** Whether a window is due exactly then. */
  public boolean isDueAt(long time) {
    return Math.floorMod(time + 1, width.toMillis()) == 0;
  }

  /** Whether a window is closed exactly then. */
  public boolean isClosingAt(long time) {
    return isDueAt(time - allowedLateness.toMillis() - 1);
  }

  /** The last window that is due when event time has come so far; negative before all. */
  public long lastDue(long time) {
    long reached = Math.min(Math.max(time, -1), END_OF_TIME);
    return Math.floorDiv(reached + 1, width.toMillis()) - 1;
  }

  /** The last window that is closed when event time has come so far; negative before all. */
  public long lastClosed(long time) {
    return lastDue(Math.max(time, 0) - allowedLateness.toMillis() - 1);
  }
}
