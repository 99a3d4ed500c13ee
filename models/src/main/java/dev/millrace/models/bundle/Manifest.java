package dev.millrace.models.bundle;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a bundle says about itself, {@code manifest.json}.
 *
 * @param format version of the bundle format, {@link #FORMAT}
 * @param name of the model
 * @param release of the model, unique for its name
 * @param network name and configuration of the network
 * @param inputs of the model
 * @param outputs of the model
 * @param catalogFingerprint of the feature catalogue that the model was trained for
 * @param files SHA-256 (lower-case hexadecimal) of each other file of the bundle, by name
 * @param training provenance: data, seed, sizes, whatever tells how the model came to be
 * @param metrics quality that was measured, finite numbers
 */
public record Manifest(
    int format,
    String name,
    String release,
    NetworkDescription network,
    List<TensorSpec> inputs,
    List<TensorSpec> outputs,
    String catalogFingerprint,
    SortedMap<String, String> files,
    SortedMap<String, String> training,
    SortedMap<String, Double> metrics) {
  /** The version of the bundle format that this code writes and reads. */
  public static final int FORMAT = 1;

  /** A plain name: nothing that could lead out of the bundle. */
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * A network as a bundle names it.
   *
   * @param name for example {@code autoint}
   * @param configuration its options by name
   */
  public record NetworkDescription(String name, SortedMap<String, String> configuration) {
    public NetworkDescription {
      Required.text("network.name", name);
      configuration = copy(Required.value("network.configuration", configuration));
    }
  }

  /**
   * @throws IllegalArgumentException when a component breaks its rule
   */
  public Manifest {
    if (format != FORMAT) {
      throw new IllegalArgumentException("format must be " + FORMAT + ", found " + format);
    }
    Required.text("name", name);
    Required.text("release", release);
    Required.value("network", network);
    inputs = List.copyOf(Required.value("inputs", inputs));
    outputs = List.copyOf(Required.value("outputs", outputs));
    Required.text("catalogFingerprint", catalogFingerprint);
    files = copy(Required.value("files", files));
    training = copy(Required.value("training", training));
    metrics = copy(Required.value("metrics", metrics));
    files.forEach(Manifest::requireFile);
    metrics.forEach(Manifest::requireFinite);
  }

  /** A manifest for {@link BundleWriter}, which knows the files. */
  public static Manifest draft(
      String name,
      String release,
      NetworkDescription network,
      List<TensorSpec> inputs,
      List<TensorSpec> outputs,
      String catalogFingerprint,
      Map<String, String> training,
      Map<String, Double> metrics) {
    return new Manifest(
        FORMAT,
        name,
        release,
        network,
        inputs,
        outputs,
        catalogFingerprint,
        new TreeMap<>(),
        new TreeMap<>(training),
        new TreeMap<>(metrics));
  }

  Manifest withFiles(SortedMap<String, String> checksums) {
    return new Manifest(
        format,
        name,
        release,
        network,
        inputs,
        outputs,
        catalogFingerprint,
        checksums,
        training,
        metrics);
  }

  static void requireFileName(String name) {
    if (!FILE_NAME.matcher(name).matches() || name.equals(ModelBundle.MANIFEST)) {
      throw new IllegalArgumentException(
          "files must be named %s other than %s, found '%s'"
              .formatted(FILE_NAME, ModelBundle.MANIFEST, name));
    }
  }

  private static void requireFile(String name, String checksum) {
    requireFileName(name);
    if (!SHA_256.matcher(Required.value("files." + name, checksum)).matches()) {
      throw new IllegalArgumentException(
          "files.%s must be a SHA-256 in hexadecimal, found '%s'".formatted(name, checksum));
    }
  }

  private static void requireFinite(String name, Double metric) {
    if (!Double.isFinite(Required.value("metrics." + name, metric))) {
      throw new IllegalArgumentException("metrics." + name + " must be finite, found " + metric);
    }
  }

  private static <V> SortedMap<String, V> copy(SortedMap<String, V> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
