package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.InteractionRows;
import dev.millrace.features.table.Rows;
import dev.millrace.features.table.TableException;
import dev.millrace.features.table.TableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Which rows are read, and from where. */
final class TableOptions {
  private static final List<String> FORMATS =
      List.of("csv", "tsv", "avro", "criteo", "avazu", "movielens-1m", "open-bandit");

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "A file, of which gzip and zstd are recognised, or the directory of a log.")
  private Path data;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "csv, tsv, avro, criteo, avazu, movielens-1m or open-bandit (default: ${DEFAULT-VALUE}).")
  private String format = "csv";

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      description = "Between the cells of a csv file (default: a comma).")
  private Character delimiter;

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
      names = "--label",
      paramLabel = "COLUMN",
      description =
          "Column that the others are to tell about (default: label for files, click for avazu,"
              + " clicked for logs and the topic).")
  private String label;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Tell which fields are distributed otherwise than in this earlier data set.")
  private Path compare;

  @Option(
      names = "--strict",
      description = "Refuse the source at its first malformed row instead of counting it.")
  private boolean strict;

  /** The file or directory that is read; null for a topic. */
  Path data() {
    return data;
  }

  /** The data set that is compared with; null for none. */
  Path compare() {
    return compare;
  }

  boolean isStrict() {
    return strict;
  }

  private boolean isTopic() {
    return bootstrapServers != null;
  }

  String label() {
    if (label != null) {
      return label;
    }
    if (isTopic()) {
      return TopicRows.LABEL;
    }
    return switch (format) {
      case "avazu" -> "click";
      case "movielens-1m", "open-bandit" -> InteractionRows.LABEL;
      default -> "label";
    };
  }

  /**
   * Opens the source.
   *
   * @param problems is told of each malformed row; may throw
   * @throws TableException if the options do not say which, or it cannot be ranked
   */
  Rows open(Consumer<String> problems) throws IOException {
    if (isTopic() == (data != null)) {
      throw new TableException(
          "one of --data and --bootstrap-servers must be given, found "
              + (isTopic() ? "both" : "neither"));
    }
    if (isTopic()) {
      if (catalog == null) {
        throw new TableException("--bootstrap-servers must come with --catalog");
      }
      long rows = maxRows == null ? Long.MAX_VALUE : maxRows;
      return new TopicRows(bootstrapServers, FeatureCatalog.load(catalog), rows, problems);
    }
    refuseWithFiles("--catalog", catalog);
    refuseWithFiles("--max-rows", maxRows);
    return open(data, problems);
  }

  private static void refuseWithFiles(String option, Object value) {
    if (value != null) {
      throw new TableException(option + " must come with --bootstrap-servers, found --data");
    }
  }

  /** Opens what is to be compared with, if anything is. */
  Optional<Rows> openEarlier(Consumer<String> problems) throws IOException {
    return compare == null ? Optional.empty() : Optional.of(open(compare, problems));
  }

  private Rows open(Path data, Consumer<String> problems) throws IOException {
    if (delimiter != null && !format.equals("csv")) {
      throw new TableException("--delimiter must come with --format csv, found " + format);
    }
    return switch (format) {
      case "csv" -> TableFiles.delimited(data, delimiter == null ? ',' : delimiter, problems);
      case "tsv" -> TableFiles.delimited(data, '\t', problems);
      case "avro" -> TableFiles.avro(data, problems);
      case "criteo" -> TableFiles.criteo(data, problems);
      case "avazu" -> TableFiles.delimited(data, ',', problems);
      case "movielens-1m", "open-bandit" -> InteractionRows.open(format, data);
      default ->
          throw new TableException(
              "--format must be one of " + String.join(", ", FORMATS) + ", found " + format);
    };
  }
}
