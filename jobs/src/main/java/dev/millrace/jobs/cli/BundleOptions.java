package dev.millrace.jobs.cli;

import dev.millrace.jobs.training.WorkDirectory;
import dev.millrace.models.calibrate.CalibrationMethod;
import dev.millrace.models.onnx.TablePrecision;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the bundle goes and what it is like. */
final class BundleOptions {

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Directory of the bundle; it must not exist and appears when all is done.")
  private Path out;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the model (default: that of the bundle's directory).")
  private String name;

  @Option(
      names = "--release",
      paramLabel = "RELEASE",
      description =
          "Release of the model (default: the network and a hash of data, options and seed).")
  private String release;

  @Option(
      names = "--table-precision",
      paramLabel = "float32|float16|int8",
      description = "How the embedding tables are stored (default: ${DEFAULT-VALUE}).")
  private String precision = "float32";

  @Option(
      names = "--external-tables",
      description =
          "Store the embedding tables in a file beside the graph, which sessions share in memory;"
              + " needed above 2 GiB.")
  private boolean externalTables;

  @Option(
      names = "--calibrate",
      paramLabel = "none|platt|isotonic",
      description =
          "Fit the probabilities to the click rates of the validation part (default:"
              + " ${DEFAULT-VALUE}).")
  private String calibrate = "none";

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description =
          "Directory of the prepared examples, which are kept for other trainings, and of the"
              + " checkpoint from which a killed training goes on (default: the bundle's with"
              + " .training behind it, deleted in the end).")
  private Path work;

  /** How a model is stored. */
  record Storage(TablePrecision precision, boolean externalTables, CalibrationMethod calibration) {}

  /**
   * The directory of the bundle.
   *
   * @throws UsageException if it is there already or cannot be made
   */
  Path out() {
    if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException("--out must name a directory that does not exist, found " + out);
    }
    Path there = place().getParent();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      throw new UsageException("--out must name a directory that can be made, found " + out);
    }
    return out;
  }

  private Path place() {
    return out.toAbsolutePath().normalize();
  }

  String name() {
    return name == null ? place().getFileName().toString() : name;
  }

  Optional<String> release() {
    return Optional.ofNullable(release);
  }

  /** Whether the directory of the work is to be deleted in the end. */
  boolean isWorkTemporary() {
    return work == null;
  }

  /**
   * Where the training keeps what it needs to go on.
   *
   * @throws UsageException if that is in the bundle or no directory
   */
  WorkDirectory work() {
    Path place = place();
    if (work == null) {
      return new WorkDirectory(place.resolveSibling(place.getFileName() + ".training"));
    }
    if (work.toAbsolutePath().normalize().startsWith(place)) {
      throw new UsageException("--work must not be in --out, found " + work);
    }
    if (Files.exists(work) && !Files.isDirectory(work)) {
      throw new UsageException("--work must name a directory, found " + work);
    }
    return new WorkDirectory(work);
  }

  /**
   * How the model is stored.
   *
   * @throws UsageException if a value is none of its option's
   */
  Storage storage() {
    return new Storage(precision(), externalTables, calibration());
  }

  private TablePrecision precision() {
    try {
      return TablePrecision.of(precision);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--table-precision must be float32, float16 or int8, found " + precision, e);
    }
  }

  private CalibrationMethod calibration() {
    try {
      return CalibrationMethod.valueOf(calibrate.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--calibrate must be none, platt or isotonic, found " + calibrate, e);
    }
  }
}
