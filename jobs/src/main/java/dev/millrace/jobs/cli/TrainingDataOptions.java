package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.BuiltInCatalogs;
import dev.millrace.features.data.CatalogInference;
import dev.millrace.features.data.RowColumns;
import dev.millrace.features.table.Rows;
import dev.millrace.features.table.TableException;
import dev.millrace.models.data.DataRequest;
import dev.millrace.models.data.Part;
import dev.millrace.models.data.RowSource;
import dev.millrace.models.data.Shares;
import dev.millrace.models.data.SplitConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a model is trained on, and what of it is kept for validation and test. */
final class TrainingDataOptions extends ModelRowOptions {

  @Mixin private LabelOptions label;

  @Option(
      names = "--catalog",
      paramLabel = "FILE|NAME",
      description =
          "The feature catalogue, a file or one that is built in, such as movielens-1m-autoint"
              + " (default: that of the format; of csv, tsv and avro one that the first rows tell).")
  private String catalog;

  @Option(
      names = "--fields",
      paramLabel = "FIELD,...|top:K",
      description =
          "Fields of the catalogue that are used: those named, or the K best of --ranking (default:"
              + " all).")
  private String fields;

  @Option(
      names = "--ranking",
      paramLabel = "FILE",
      description = "What rank-features wrote with --out or printed with --json, for top:K.")
  private Path ranking;

  @Option(
      names = "--validation",
      paramLabel = "FILE",
      description = "Rows that choose the epoch (default: a part of --data).")
  private Path validation;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "Rows that measure the model (default: a part of --data).")
  private Path test;

  @Option(
      names = "--split",
      paramLabel = "A,B,C",
      description =
          "Shares of training, validation and test in --data (default: ${DEFAULT-VALUE}).")
  private String split = "0.8,0.1,0.1";

  @Option(
      names = "--split-by",
      paramLabel = "random|time|order",
      description =
          "What decides about a row: a hash of its number and the seed, the column --time, or its"
              + " place (default: ${DEFAULT-VALUE}).")
  private String splitBy = "random";

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "When a row came to be: a number or ISO 8601, for --split-by time.")
  private String time;

  /**
   * What is to be prepared.
   *
   * @throws RuntimeException with one line that names the option or key, the rule and the value
   */
  DataRequest request(long seed, MalformedRows malformed) throws IOException {
    requireOneSource();
    FeatureCatalog all = catalog(malformed);
    RowSource rows = source(all, malformed);
    Map<Part, RowSource> fixed = new EnumMap<>(Part.class);
    if (validation != null) {
      fixed.put(Part.VALIDATION, files(validation, malformed));
    }
    if (test != null) {
      fixed.put(Part.TEST, files(test, malformed));
    }
    RowColumns columns =
        new RowColumns(Optional.of(label()), Optional.empty(), Optional.ofNullable(time));
    SplitConfig config = new SplitConfig(mode(), Shares.parse(split), seed);
    return new DataRequest(rows, fixed, select(all), columns, config);
  }

  /** The column of the label. */
  String label() {
    return label.of(this);
  }

  private SplitConfig.Mode mode() {
    return switch (splitBy) {
      case "random" -> SplitConfig.Mode.RANDOM;
      case "time" -> SplitConfig.Mode.TIME;
      case "order" -> SplitConfig.Mode.ORDER;
      default ->
          throw new TableException("--split-by must be random, time or order, found " + splitBy);
    };
  }

  private FeatureCatalog select(FeatureCatalog all) throws IOException {
    if (fields == null) {
      if (ranking != null) {
        throw new TableException("--ranking must come with --fields top:K, found no --fields");
      }
      return all;
    }
    return FieldSelection.select(all, fields, Optional.ofNullable(ranking));
  }

  private FeatureCatalog catalog(MalformedRows malformed) throws IOException {
    if (catalog != null) {
      Path file = Path.of(catalog);
      return Files.exists(file) || catalog.contains(".")
          ? FeatureCatalog.load(file)
          : BuiltInCatalogs.load(catalog);
    }
    if (isTopic()) {
      throw new TableException("--bootstrap-servers must come with --catalog");
    }
    return switch (format()) {
      case "criteo", "avazu", "movielens-1m", "open-bandit" -> BuiltInCatalogs.load(format());
      default -> inferred(malformed);
    };
  }

  private FeatureCatalog inferred(MalformedRows malformed) throws IOException {
    Set<String> notFields = new HashSet<>(Set.of(label()));
    if (time != null) {
      notFields.add(time);
    }
    // What is malformed is told of when all rows are read.
    try (Rows rows = files(data(), malformed.silent()).opener().open()) {
      return CatalogInference.infer(name(), rows, notFields);
    }
  }

  private String name() {
    String file = data().getFileName().toString();
    return file.contains(".") ? file.substring(0, file.indexOf('.')) : file;
  }
}
