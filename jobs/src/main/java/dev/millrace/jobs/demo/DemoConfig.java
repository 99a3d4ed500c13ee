package dev.millrace.jobs.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to demonstrate.
 *
 * @param format of the recorded log, or {@code simulated}
 * @param data the log's directory, for a recorded log
 * @param requests of the simulated audience
 * @param candidates of each ranking request
 * @param parallelism of each job
 * @param seed of everything that is drawn
 * @param keep whether the pipeline goes on until it is interrupted
 */
public record DemoConfig(
    String format,
    Optional<Path> data,
    int requests,
    int candidates,
    int parallelism,
    long seed,
    boolean keep) {

  public static final String SIMULATED = "simulated";

  public DemoConfig {
    if (format.equals(SIMULATED) && data.isPresent()) {
      throw new IllegalArgumentException(
          "--data must come with --format, found " + data.get() + " without it");
    }
    if (!format.equals(SIMULATED) && data.isEmpty()) {
      throw new IllegalArgumentException("--format " + format + " must come with --data");
    }
    if (requests < 1_000) {
      throw new IllegalArgumentException("--requests must be >= 1000, found " + requests);
    }
    if (candidates < 1 || candidates > 100) {
      throw new IllegalArgumentException(
          "--candidates must be between 1 and 100, found " + candidates);
    }
    if (parallelism < 1 || parallelism > 16) {
      throw new IllegalArgumentException(
          "--parallelism must be between 1 and 16, found " + parallelism);
    }
  }
}
