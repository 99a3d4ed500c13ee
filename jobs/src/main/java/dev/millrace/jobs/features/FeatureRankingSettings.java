package dev.millrace.jobs.features;

import dev.millrace.features.quality.AlarmThresholds;
import dev.millrace.features.quality.Lifetimes;
import dev.millrace.features.quality.Windows;
import java.io.Serializable;
import java.time.Duration;

/**
 * How fields are ranked.
 *
 * @param windows of event time that are ranked
 * @param halfLife in which the weight of a window halves in the decayed horizon; whole windows
 * @param maxCounts counts that a task holds before it sends them on
 * @param linger how long a task holds counts, in processing time
 * @param thresholds of the alarms
 */
public record FeatureRankingSettings(
    Windows windows, Duration halfLife, int maxCounts, Duration linger, AlarmThresholds thresholds)
    implements Serializable {

  /** Some ten megabytes. */
  public static final int DEFAULT_MAX_COUNTS = 65_536;

  public static final Duration DEFAULT_LINGER = Duration.ofSeconds(1);

  /** So that a value has some thousand counts at most, one for each window of a lifetime. */
  private static final int MAX_HALF_LIFE = 400;

  /**
   * @throws IllegalArgumentException naming the component, the rule and the value found
   */
  public FeatureRankingSettings {
    long window = windows.width().toMillis();
    long ratio = halfLife.toMillis() / window;
    if (ratio < 1 || ratio > MAX_HALF_LIFE || halfLife.toMillis() % window != 0) {
      throw new IllegalArgumentException(
          "half-life must be between 1 and %d times the window %s, found %s"
              .formatted(MAX_HALF_LIFE, windows.width(), halfLife));
    }
    if (maxCounts < 1) {
      throw new IllegalArgumentException("max-counts must be >= 1, found " + maxCounts);
    }
    if (linger.toMillis() < 1) {
      throw new IllegalArgumentException(
          "linger must be >= 1 ms, found " + linger.toMillis() + " ms");
    }
  }

  /** Half-life in windows. */
  int halfLifeWindows() {
    return (int) (halfLife.toMillis() / windows.width().toMillis());
  }

  /** Windows after which nothing of a window is left in the decayed horizon. */
  long memoryWindows() {
    return (long) Lifetimes.MAX_HALF_LIVES * halfLifeWindows();
  }
}
