package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.serving.Scorer;
import dev.millrace.serving.ScorerSettings;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which bundle scores. */
final class ScoringOptions {

  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "DIR",
      description = "The bundle that scores.")
  private Path bundle;

  @Option(
      names = "--catalog",
      paramLabel = "FILE",
      description =
          "Refuse a bundle of another feature catalogue than this (default: that of the bundle).")
  private Path catalog;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of ONNX Runtime (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  Path bundle() {
    return bundle;
  }

  /** Opens the bundle. */
  Scorer open() throws IOException {
    return open(bundle);
  }

  /**
   * Opens another bundle the same way.
   *
   * @throws dev.millrace.models.bundle.BundleException if it is refused
   */
  Scorer open(Path directory) throws IOException {
    ModelBundle opened = ModelBundle.open(directory);
    String fingerprint =
        catalog == null
            ? opened.manifest().catalogFingerprint()
            : FeatureCatalog.load(catalog).fingerprint();
    return Scorer.open(opened, fingerprint, settings());
  }

  private ScorerSettings settings() {
    try {
      return new ScorerSettings(threads, ScorerSettings.DEFAULT.maxBatch());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--threads: " + e.getMessage(), e);
    }
  }
}
