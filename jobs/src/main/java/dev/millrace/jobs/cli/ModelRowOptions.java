package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.InteractionRows;
import dev.millrace.features.data.MovieLensRows;
import dev.millrace.features.table.CompleteRows;
import dev.millrace.features.table.Rows;
import dev.millrace.features.table.TableException;
import dev.millrace.models.data.RowSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Rows that a model is trained on or scores: their values as they are. */
class ModelRowOptions extends RowOptions {

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,...",
      description = "Read the labelled-impressions topic of these brokers instead of --data.")
  private String bootstrapServers;

  @Option(
      names = "--from-time",
      paramLabel = "INSTANT",
      description = "Impressions of the topic from this time on, such as 2026-01-31T00:00:00Z.")
  private Instant fromTime;

  @Option(
      names = "--to-time",
      paramLabel = "INSTANT",
      description = "Impressions of the topic before this time.")
  private Instant toTime;

  @Option(
      names = "--from-offsets",
      split = ",",
      paramLabel = "PARTITION=OFFSET",
      description = "First offsets that are read (default: the earliest).")
  private Map<Integer, Long> fromOffsets = new LinkedHashMap<>();

  @Option(
      names = "--to-offsets",
      split = ",",
      paramLabel = "PARTITION=OFFSET",
      description = "Offsets at which reading ends (default: the end as it is now).")
  private Map<Integer, Long> toOffsets = new LinkedHashMap<>();

  @Option(
      names = "--drop-missing",
      paramLabel = "COLUMN",
      description = "Leave rows out whose cell in this column is empty.")
  private String dropMissing;

  @Override
  final boolean isTopic() {
    return bootstrapServers != null;
  }

  /** The column without which a row is left out, if any. */
  final Optional<String> dropMissing() {
    return Optional.ofNullable(dropMissing);
  }

  /**
   * The source that the options name.
   *
   * @param catalog of the topic
   * @param malformed is told of malformed rows once, however often they are read
   * @throws TableException if the options do not fit together
   */
  final RowSource source(FeatureCatalog catalog, MalformedRows malformed) throws IOException {
    requireOneSource();
    if (!isTopic()) {
      refuseWithFiles("--from-time", fromTime != null);
      refuseWithFiles("--to-time", toTime != null);
      refuseWithFiles("--from-offsets", !fromOffsets.isEmpty());
      refuseWithFiles("--to-offsets", !toOffsets.isEmpty());
      return files(data(), malformed);
    }
    TopicBounds asked =
        new TopicBounds(
            Optional.ofNullable(fromTime), Optional.ofNullable(toTime), fromOffsets, toOffsets);
    TopicBounds bounds;
    try (TopicRows rows = TopicRows.forTraining(bootstrapServers, catalog, asked, problem -> {})) {
      bounds = rows.bounds();
    }
    return new RowSource(
        bootstrapServers + " " + bounds + version(),
        onceTold(
            malformed,
            problems ->
                filtered(TopicRows.forTraining(bootstrapServers, catalog, bounds, problems))));
  }

  /** Rows of a file or folder of the format. */
  final RowSource files(Path path, MalformedRows malformed) throws IOException {
    RowSource source =
        RowSource.of(
            path,
            onceTold(malformed, problems -> filtered(open(path, ModelRowOptions::log, problems))));
    return new RowSource(source.version() + version(), source.opener());
  }

  /** Opens rows that tell of what is malformed. */
  @FunctionalInterface
  private interface TellingOpener {
    Rows open(Consumer<String> problems) throws IOException;
  }

  /** Rows are read several times, and what is malformed is told of the first time only. */
  private static RowSource.Opener onceTold(Consumer<String> malformed, TellingOpener opener) {
    AtomicBoolean told = new AtomicBoolean();
    return () -> opener.open(told.getAndSet(true) ? problem -> {} : malformed);
  }

  private String version() {
    return dropMissing == null ? "" : " without " + dropMissing;
  }

  private static Rows log(String format, Path directory) throws IOException {
    return format.equals("movielens-1m")
        ? MovieLensRows.open(directory)
        : InteractionRows.openForTraining(format, directory);
  }

  private Rows filtered(Rows rows) throws IOException {
    if (dropMissing == null) {
      return rows;
    }
    try {
      return new CompleteRows(rows, dropMissing);
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private static void refuseWithFiles(String option, boolean given) {
    if (given) {
      throw new TableException(option + " must come with --bootstrap-servers, found --data");
    }
  }

  /** What is read, for messages and provenance. */
  final String describe() {
    return isTopic() ? TopicRows.TOPIC.name() + " of " + bootstrapServers : data().toString();
  }
}
