package dev.millrace.jobs.experiments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What every experiment is told. */
final class ExperimentOptions {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "MovieLens-1M: ratings.csv, users.dat and movies.dat.")
  private Path data;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "S",
      description = "Of the trainings (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = List.of(1L, 2L, 3L);

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Append each trial here, and do not run those again that it holds.")
  private Path results;

  @Option(
      names = "--work",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the prepared examples.")
  private Path work;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Of the engine (default: one a core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  MovieLensData data() {
    return new MovieLensData(data, work);
  }

  List<Long> seeds() {
    return seeds;
  }

  /** Runs trials and tells of them on the error output. */
  Trials trials() throws IOException {
    long start = System.nanoTime();
    return new Trials(
        TrialLog.open(results),
        threads,
        line ->
            System.err.printf(
                Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, line));
  }
}
