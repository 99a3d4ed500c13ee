package dev.millrace.jobs.cli;

import dev.millrace.jobs.io.EventTimeSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How event time advances in a job. */
final class EventTimeOptions {

  @Option(
      names = "--out-of-orderness",
      paramLabel = "PT10S",
      description =
          "How far the records of one partition may be out of order (default: ${DEFAULT-VALUE}).")
  private Duration outOfOrderness = Duration.ofSeconds(10);

  @Option(
      names = "--idleness",
      paramLabel = "PT1M",
      description =
          "After which silence a partition no longer holds event time back; PT0S never (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration idleness = Duration.ofMinutes(1);

  EventTimeSettings settings() {
    return new EventTimeSettings(outOfOrderness, idleness);
  }
}
