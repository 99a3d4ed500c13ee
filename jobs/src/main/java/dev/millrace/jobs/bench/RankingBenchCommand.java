package dev.millrace.jobs.bench;

import dev.millrace.jobs.cli.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace bench ranking}. */
@Command(
    name = "ranking",
    mixinStandardHelpOptions = true,
    description = {
      "Requests per second of the ranking job in this process, beside a job that only passes"
          + " requests through, the ranker in a loop and ONNX Runtime in a loop.",
      "docs/benchmarks.md tells what is measured and how."
    })
final class RankingBenchCommand implements Callable<Integer> {

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests ranked in each run (default: ${DEFAULT-VALUE}).")
  private int requests = 10_000;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      description = "Candidates of a request (default: ${DEFAULT-VALUE}).")
  private int candidates = 20;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Subtasks of each operator, threads of each loop (default: ${DEFAULT-VALUE}).")
  private int parallelism = 2;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "Measured rounds; one before them warms up (default: ${DEFAULT-VALUE}).")
  private int repetitions = 3;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Of everything that is drawn (default: ${DEFAULT-VALUE}).")
  private long seed = 42;

  @Option(names = "--json", description = "Print the figures as one JSON object, on the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    RankingBenchConfig config = config();
    Path directory = Files.createTempDirectory("millrace-bench-");
    Thread cleaner = new Thread(() -> delete(directory), "bench-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      print(RankingBench.run(config, directory, progress()), Machine.here());
    } finally {
      delete(directory);
    }
    return 0;
  }

  private RankingBenchConfig config() {
    try {
      return new RankingBenchConfig(requests, candidates, parallelism, repetitions, seed);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static Consumer<String> progress() {
    long start = System.nanoTime();
    return line ->
        System.err.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
  }

  private void print(RankingBenchResult result, Machine machine) {
    System.out.print(RankingBenchReport.text(result, machine));
    if (json) {
      System.out.println(RankingBenchReport.json(result, machine));
    }
    System.out.flush();
  }

  private static void delete(Path directory) {
    FileUtils.deleteDirectoryQuietly(directory.toFile());
  }
}
