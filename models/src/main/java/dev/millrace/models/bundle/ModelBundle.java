package dev.millrace.models.bundle;

import dev.millrace.models.bundle.BundleException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bundle whose files are all there, all known and all as the manifest says.
 *
 * <p>What was checked is what the files held when the bundle was opened: releases are new bundles,
 * never changes to one.
 */
public final class ModelBundle {
  public static final String MANIFEST = "manifest.json";
  public static final String CATALOG = "catalog.yaml";
  public static final String MODEL = "model.onnx";
  public static final String PROBE = "probe.json";

  private static final List<String> REQUIRED = List.of(CATALOG, MODEL, PROBE);

  private final Path directory;
  private final Manifest manifest;
  private final String manifestSha256;
  private final String catalogYaml;
  private final Probe probe;

  private ModelBundle(
      Path directory, Manifest manifest, String manifestSha256, String catalogYaml, Probe probe) {
    this.directory = directory;
    this.manifest = manifest;
    this.manifestSha256 = manifestSha256;
    this.catalogYaml = catalogYaml;
    this.probe = probe;
  }

  /**
   * Opens and verifies a bundle.
   *
   * @throws BundleException MISSING, CHECKSUM or MALFORMED, with one line that names the file
   * @throws IOException when a file cannot be read
   */
  public static ModelBundle open(Path directory) throws IOException {
    Path manifestFile = directory.resolve(MANIFEST);
    requireFile(manifestFile);
    byte[] json = Files.readAllBytes(manifestFile);
    Manifest manifest = BundleFormat.fromJson(manifestFile, json, Manifest.class);
    for (String name : REQUIRED) {
      if (!manifest.files().containsKey(name)) {
        throw new BundleException(
            Reason.MALFORMED,
            "%s must list %s, found %s".formatted(manifestFile, name, manifest.files().keySet()));
      }
    }
    requireKnownFiles(directory, manifest);
    for (var file : manifest.files().entrySet()) {
      requireChecksum(directory.resolve(file.getKey()), file.getValue());
    }
    Path probeFile = directory.resolve(PROBE);
    Probe probe = BundleFormat.fromJson(probeFile, Files.readAllBytes(probeFile), Probe.class);
    String catalog = Files.readString(directory.resolve(CATALOG), StandardCharsets.UTF_8);
    return new ModelBundle(directory, manifest, BundleFormat.sha256(json), catalog, probe);
  }

  public Manifest manifest() {
    return manifest;
  }

  /** SHA-256 of the manifest, and so of everything in the bundle: its identity. */
  public String manifestSha256() {
    return manifestSha256;
  }

  /** Text of the feature catalogue. */
  public String catalogYaml() {
    return catalogYaml;
  }

  public Probe probe() {
    return probe;
  }

  /** The ONNX file. */
  public Path modelFile() {
    return directory.resolve(MODEL);
  }

  /**
   * A file of the bundle by name.
   *
   * @throws BundleException (MISSING) when the manifest does not list it
   */
  public Path file(String name) throws BundleException {
    if (!manifest.files().containsKey(name)) {
      throw new BundleException(
          Reason.MISSING,
          "%s must hold %s, found %s".formatted(directory, name, manifest.files().keySet()));
    }
    return directory.resolve(name);
  }

  /**
   * Refuses a bundle that was trained for another feature catalogue.
   *
   * @throws BundleException (FINGERPRINT) when the fingerprints differ
   */
  public void requireFingerprint(String catalogFingerprint) throws BundleException {
    if (!manifest.catalogFingerprint().equals(catalogFingerprint)) {
      throw new BundleException(
          Reason.FINGERPRINT,
          "catalogFingerprint of %s must be %s, found %s"
              .formatted(directory, catalogFingerprint, manifest.catalogFingerprint()));
    }
  }

  private static void requireFile(Path file) throws BundleException {
    if (!Files.isRegularFile(file)) {
      throw new BundleException(Reason.MISSING, file + " must be a file, found none");
    }
  }

  private static void requireChecksum(Path file, String expected) throws IOException {
    requireFile(file);
    String found = BundleFormat.sha256(file);
    if (!found.equals(expected)) {
      throw new BundleException(
          Reason.CHECKSUM, "SHA-256 of %s must be %s, found %s".formatted(file, expected, found));
    }
  }

  private static void requireKnownFiles(Path directory, Manifest manifest) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : (Iterable<Path>) entries.sorted()::iterator) {
        String name = entry.getFileName().toString();
        if (!name.equals(MANIFEST) && !manifest.files().containsKey(name)) {
          throw new BundleException(
              Reason.MALFORMED, entry + " must be listed in " + MANIFEST + ", found no entry");
        }
      }
    }
  }
}
