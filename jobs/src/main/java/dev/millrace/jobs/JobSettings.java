package dev.millrace.jobs;

import java.time.Duration;
import java.util.Objects;

/**
 * How a job runs.
 *
 * @param parallelism subtasks of each operator
 * @param checkpointInterval between checkpoints; records show in their topic with the next one
 * @param checkpointDirectory URI of a directory that every machine of the cluster reaches
 */
public record JobSettings(
    int parallelism, Duration checkpointInterval, String checkpointDirectory) {

  public JobSettings {
    if (parallelism < 1 || parallelism > JobEnvironment.MAX_PARALLELISM) {
      throw new IllegalArgumentException(
          "parallelism must be between 1 and %d, found %d"
              .formatted(JobEnvironment.MAX_PARALLELISM, parallelism));
    }
    if (checkpointInterval.toMillis() < 10) {
      throw new IllegalArgumentException(
          "checkpoint-interval must be >= 10 ms, found " + checkpointInterval.toMillis() + " ms");
    }
    Objects.requireNonNull(checkpointDirectory, "checkpointDirectory");
  }
}
