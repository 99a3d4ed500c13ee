package dev.millrace.jobs.demo;

import dev.millrace.features.data.DataSetException;
import dev.millrace.jobs.cli.UsageException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole pipeline in this process: a Kafka broker, a Flink cluster, every job.",
      "Half of the traffic goes by, a first model is trained on its labels and released, and the"
          + " other half is ranked by it.",
      "Without --format the traffic is a simulated audience whose true click probabilities are"
          + " known."
    })
public final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "A recorded log instead: open-bandit or movielens-1m.")
  private String format = DemoConfig.SIMULATED;

  @Option(names = "--data", paramLabel = "DIR", description = "Directory of the recorded log.")
  private Path data;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests of the simulated audience (default: ${DEFAULT-VALUE}).")
  private int requests = 40_000;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      description = "Candidates of a request (default: 20 simulated, 2 for a recorded log).")
  private Integer candidates;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Subtasks of each operator (default: ${DEFAULT-VALUE}).")
  private int parallelism = 2;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Of everything that is drawn (default: ${DEFAULT-VALUE}).")
  private long seed = 42;

  @Option(
      names = "--keep",
      description = "Leave broker and jobs running after the summary, until interrupted.")
  private boolean keep;

  @Option(names = "--json", description = "Print the summary as one JSON object, on the last line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    DemoConfig config = config();
    Path directory = Files.createTempDirectory("millrace-demo-");
    Thread cleaner = new Thread(() -> delete(directory), "demo-cleaner");
    Runtime.getRuntime().addShutdownHook(cleaner);
    int[] violations = new int[1];
    try {
      Demo.run(
          config,
          new Console(System.err),
          directory,
          (summary, pipeline) -> {
            violations[0] = summary.violations().size();
            print(summary);
            if (keep) {
              keep(pipeline);
            }
          });
    } catch (DataSetException e) {
      throw new UsageException(e.getMessage(), e);
    } finally {
      delete(directory);
    }
    return violations[0] == 0 ? 0 : 1;
  }

  private DemoConfig config() {
    int defaultCandidates = format.equals(DemoConfig.SIMULATED) ? 20 : 2;
    try {
      return new DemoConfig(
          format,
          Optional.ofNullable(data),
          requests,
          candidates == null ? defaultCandidates : candidates,
          parallelism,
          seed,
          keep);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private void print(DemoSummary summary) {
    System.out.print(SummaryText.of(summary));
    if (json) {
      System.out.println(SummaryJson.of(summary));
    }
    System.out.flush();
  }

  private static void keep(Pipeline pipeline) throws InterruptedException {
    System.err.printf(
        "broker and jobs go on at %s until you interrupt (Ctrl-C)%n",
        pipeline.kafka().bootstrapServers());
    new CountDownLatch(1).await();
  }

  private static void delete(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      System.err.printf("cannot remove %s: %s%n", directory, e.getMessage());
    }
  }
}
