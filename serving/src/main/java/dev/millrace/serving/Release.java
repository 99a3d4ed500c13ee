package dev.millrace.serving;

import dev.millrace.models.bundle.BundleException;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.schemas.ModelRelease;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** A model release with its bundle loaded. Closing it closes the scorer. */
public final class Release implements AutoCloseable {

  private final String name;
  private final Scorer scorer;

  private Release(String name, Scorer scorer) {
    this.name = name;
    this.scorer = scorer;
  }

  /**
   * Loads what a release points to.
   *
   * @throws BundleException if the bundle is not the one released, or cannot be used
   * @throws IOException if it cannot be read
   */
  public static Release load(
      ModelRelease release, String catalogFingerprint, ScorerSettings settings) throws IOException {
    if (!release.getCatalogFingerprint().equals(catalogFingerprint)) {
      throw new BundleException(
          BundleException.Reason.FINGERPRINT,
          "catalogFingerprint must be %s, found %s"
              .formatted(catalogFingerprint, release.getCatalogFingerprint()));
    }
    ModelBundle bundle = ModelBundle.open(directory(release.getBundle()));
    if (!bundle.manifestSha256().equals(release.getManifestSha256())) {
      throw new BundleException(
          BundleException.Reason.CHECKSUM,
          "SHA-256 of the manifest must be %s, found %s"
              .formatted(release.getManifestSha256(), bundle.manifestSha256()));
    }
    return new Release(release.getRelease(), Scorer.open(bundle, catalogFingerprint, settings));
  }

  private static Path directory(String bundle) throws BundleException {
    try {
      return Path.of(URI.create(bundle));
    } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
      throw new BundleException(
          BundleException.Reason.MISSING, "bundle must be a file URI, found " + bundle, e);
    }
  }

  /** What is stamped on rankings. */
  public String name() {
    return name;
  }

  public Scorer scorer() {
    return scorer;
  }

  @Override
  public void close() {
    scorer.close();
  }
}
