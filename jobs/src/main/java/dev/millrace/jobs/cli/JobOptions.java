package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.jobs.JobSettings;
import dev.millrace.jobs.io.Rules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What every job is told. */
final class JobOptions {

  @Option(
      names = "--catalog",
      required = true,
      paramLabel = "FILE",
      description = "The feature catalogue.")
  private Path catalog;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Subtasks of each operator (default: ${DEFAULT-VALUE}).")
  private int parallelism = 1;

  @Option(
      names = "--checkpoint-interval",
      paramLabel = "PT10S",
      description =
          "Between checkpoints; records show in their topic with the next one (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration checkpointInterval = Duration.ofSeconds(10);

  @Option(
      names = "--checkpoints",
      required = true,
      paramLabel = "URI",
      description = "Directory that every machine of the cluster reaches.")
  private String checkpoints;

  @Option(
      names = "--max-clock-skew",
      paramLabel = "PT1H",
      description =
          "Event times further ahead of the clock become dead letters (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration maxClockSkew = Duration.ofHours(1);

  JobSettings settings() {
    return new JobSettings(parallelism, checkpointInterval, checkpoints);
  }

  FeatureCatalog catalog() {
    return FeatureCatalog.load(catalog);
  }

  Rules rules() {
    return new Rules(Clock.systemUTC(), maxClockSkew);
  }
}
