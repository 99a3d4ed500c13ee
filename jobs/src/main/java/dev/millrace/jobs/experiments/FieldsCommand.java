package dev.millrace.jobs.experiments;

import dev.millrace.jobs.cli.UsageException;
import dev.millrace.jobs.experiments.NoiseColumn.Distribution;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace bench fields}. */
@Command(
    name = "fields",
    mixinStandardHelpOptions = true,
    description = {
      "Whether the feature ranking chooses the right fields: MovieLens-1M with columns of noise,"
          + " and a network trained on the K best fields of each ranking.",
      "docs/field-selection.md tells what is trained and how."
    })
public final class FieldsCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Option(
      names = "--noise",
      split = ",",
      paramLabel = "N",
      description =
          "Values of the columns of noise, of which each comes once uniform and once by Zipf's law"
              + " (default: ${DEFAULT-VALUE}).")
  private List<Integer> noise = List.of(2, 100, 5_000, 50_000);

  @Option(
      names = "--random-orders",
      paramLabel = "N",
      description = "Orders at random for each seed (default: ${DEFAULT-VALUE}).")
  private int randomOrders = 3;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the AUCs as a figure on an HTML page.")
  private Path report;

  @Override
  public Integer call() throws IOException {
    if (report != null && !Files.isDirectory(report.toAbsolutePath().getParent())) {
      throw new UsageException("--report must name a file that can be written, found " + report);
    }
    FieldsExperiment experiment =
        new FieldsExperiment(options.data(), columns(), randomOrders, options.trials());
    for (long seed : options.seeds()) {
      experiment.run(seed);
    }
    System.out.print(FieldsTable.of(experiment.result()));
    System.out.flush();
    if (report != null) {
      try (Writer out = Files.newBufferedWriter(report)) {
        FieldsReport.write(experiment.result(), out);
      }
    }
    return 0;
  }

  private List<NoiseColumn> columns() {
    if (randomOrders < 0) {
      throw new UsageException("--random-orders must be >= 0, found " + randomOrders);
    }
    List<NoiseColumn> columns = new ArrayList<>();
    try {
      for (int values : noise) {
        for (Distribution distribution : Distribution.values()) {
          columns.add(new NoiseColumn(values, distribution));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage(), e);
    }
    return columns;
  }
}
