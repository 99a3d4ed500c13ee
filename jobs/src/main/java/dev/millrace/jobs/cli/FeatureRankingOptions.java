package dev.millrace.jobs.cli;

import dev.millrace.features.quality.AlarmThresholds;
import dev.millrace.features.quality.Windows;
import dev.millrace.jobs.features.FeatureRankingSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How the feature-ranking job ranks. */
final class FeatureRankingOptions {

  @Option(
      names = "--window",
      paramLabel = "PT1H",
      description =
          "Event time of which fields are ranked; fixed once there is state (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration window = Duration.ofHours(1);

  @Option(
      names = "--allowed-lateness",
      paramLabel = "PT5M",
      description =
          "How long after its end late records still amend a window (default: ${DEFAULT-VALUE}).")
  private Duration lateness = Duration.ofMinutes(5);

  @Option(
      names = "--half-life",
      paramLabel = "PT24H",
      description =
          "In which a window loses half its weight in the decayed horizon; whole windows (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration halfLife = Duration.ofHours(24);

  @Option(
      names = "--max-counts",
      paramLabel = "N",
      description = "Counts that a task holds before it sends them on (default: ${DEFAULT-VALUE}).")
  private int maxCounts = FeatureRankingSettings.DEFAULT_MAX_COUNTS;

  @Option(
      names = "--linger",
      paramLabel = "PT1S",
      description = "How long a task holds counts (default: ${DEFAULT-VALUE}).")
  private Duration linger = FeatureRankingSettings.DEFAULT_LINGER;

  @Option(
      names = "--drift-threshold",
      paramLabel = "NATS",
      description =
          "Alarm at this population stability index, less what it is without drift (default:"
              + " ${DEFAULT-VALUE}).")
  private double drift = AlarmThresholds.DEFAULT.drift();

  @Option(
      names = "--missing-threshold",
      paramLabel = "SHARE",
      description = "Alarm at this change of the missing share (default: ${DEFAULT-VALUE}).")
  private double missing = AlarmThresholds.DEFAULT.missing();

  @Option(
      names = "--cardinality-threshold",
      paramLabel = "FACTOR",
      description =
          "Alarm where the distinct values among as many rows change by this factor (default:"
              + " ${DEFAULT-VALUE}).")
  private double cardinality = AlarmThresholds.DEFAULT.cardinality();

  @Option(
      names = "--information-threshold",
      paramLabel = "ERRORS",
      description =
          "Alarm where the score changes by so many of its standard errors (default:"
              + " ${DEFAULT-VALUE}).")
  private double information = AlarmThresholds.DEFAULT.information();

  FeatureRankingSettings settings() {
    return new FeatureRankingSettings(
        new Windows(window, lateness),
        halfLife,
        maxCounts,
        linger,
        new AlarmThresholds(drift, missing, cardinality, information));
  }
}
