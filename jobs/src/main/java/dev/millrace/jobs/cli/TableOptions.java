package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.InteractionRows;
import dev.millrace.features.table.Rows;
import dev.millrace.features.table.TableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Which rows are ranked, and from where. */
final class TableOptions extends RowOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "Rank what the labelled-impressions topic of these brokers holds instead.")
  private String bootstrapServers;

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description = "The feature catalogue of the topic.")
  private Path catalog;

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      description = "Most rows that are read from the topic (default: all).")
  private Long maxRows;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Tell which fields are distributed otherwise than in this earlier data set.")
  private Path compare;

  /** The data set that is compared with; null for none. */
  Path compare() {
    return compare;
  }

  @Override
  boolean isTopic() {
    return bootstrapServers != null;
  }

  /**
   * Opens the source.
   *
   * @param problems is told of each malformed row; may throw
   * @throws TableException if the options do not say which, or it cannot be ranked
   */
  Rows open(Consumer<String> problems) throws IOException {
    requireOneSource();
    if (isTopic()) {
      if (catalog == null) {
        throw new TableException("--bootstrap-servers must come with --catalog");
      }
      long rows = maxRows == null ? Long.MAX_VALUE : maxRows;
      return TopicRows.forCounting(bootstrapServers, FeatureCatalog.load(catalog), rows, problems);
    }
    refuseWithFiles("--catalog", catalog);
    refuseWithFiles("--max-rows", maxRows);
    return open(data(), InteractionRows::open, problems);
  }

  private static void refuseWithFiles(String option, Object value) {
    if (value != null) {
      throw new TableException(option + " must come with --bootstrap-servers, found --data");
    }
  }

  /** Opens what is to be compared with, if anything is. */
  Optional<Rows> openEarlier(Consumer<String> problems) throws IOException {
    return compare == null
        ? Optional.empty()
        : Optional.of(open(compare, InteractionRows::open, problems));
  }
}
