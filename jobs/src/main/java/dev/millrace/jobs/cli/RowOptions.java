package dev.millrace.jobs.cli;

import dev.millrace.features.table.Rows;
import dev.millrace.features.table.TableException;
import dev.millrace.features.table.TableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Which rows are read from a file or a folder. */
class RowOptions {
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
      names = "--strict",
      description = "Refuse the source at its first malformed row instead of counting it.")
  private boolean strict;

  /** The file or directory that is read; null for a topic. */
  final Path data() {
    return data;
  }

  final String format() {
    return format;
  }

  final boolean isStrict() {
    return strict;
  }

  /** Whether a topic is read and no file. */
  boolean isTopic() {
    return false;
  }

  /** Opens the rows of a log. */
  @FunctionalInterface
  interface LogOpener {
    Rows open(String format, Path directory) throws IOException;
  }

  /**
   * Opens a file or folder of the format.
   *
   * @param logs opens the formats that are logs of interactions
   * @param problems is told of each malformed row; may throw
   */
  final Rows open(Path file, LogOpener logs, Consumer<String> problems) throws IOException {
    if (delimiter != null && !format.equals("csv")) {
      throw new TableException("--delimiter must come with --format csv, found " + format);
    }
    return switch (format) {
      case "csv" -> TableFiles.delimited(file, delimiter == null ? ',' : delimiter, problems);
      case "tsv" -> TableFiles.delimited(file, '\t', problems);
      case "avro" -> TableFiles.avro(file, problems);
      case "criteo" -> TableFiles.criteo(file, problems);
      case "avazu" -> TableFiles.avazu(file, problems);
      case "movielens-1m", "open-bandit" -> logs.open(format, file);
      default ->
          throw new TableException(
              "--format must be one of " + String.join(", ", FORMATS) + ", found " + format);
    };
  }

  /**
   * Checks that there is one source.
   *
   * @throws TableException if there is none or another besides
   */
  final void requireOneSource() {
    if (isTopic() == (data != null)) {
      throw new TableException(
          "one of --data and --bootstrap-servers must be given, found "
              + (isTopic() ? "both" : "neither"));
    }
  }
}
