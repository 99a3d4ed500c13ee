package dev.millrace.models.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes a bundle: all of it appears at once, or nothing. The same content gives the same bytes.
 */
public final class BundleWriter {
  private final Manifest draft;
  private final SortedMap<String, Content> files = new TreeMap<>();

  /** What a file holds; it may be larger than one array. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the same bytes each time. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * @param draft the manifest; the writer fills in the files
   * @param catalogYaml text of the feature catalogue
   * @param model the ONNX file
   * @param probe examples that the model must reproduce
   */
  public BundleWriter(Manifest draft, String catalogYaml, byte[] model, Probe probe) {
    this.draft = draft;
    files.put(ModelBundle.CATALOG, content(catalogYaml.getBytes(StandardCharsets.UTF_8)));
    files.put(ModelBundle.MODEL, content(model.clone()));
    files.put(ModelBundle.PROBE, content(BundleFormat.toJson(probe)));
  }

  /**
   * Adds a file, for example {@code vocabulary.json}.
   *
   * @throws IllegalArgumentException when the name is not a plain file name, or taken
   */
  public BundleWriter withFile(String name, byte[] content) {
    return withFile(name, content(content.clone()));
  }

  /**
   * Adds a file that is written piece by piece, for example the embedding tables of a large model.
   *
   * @throws IllegalArgumentException when the name is not a plain file name, or taken
   */
  public BundleWriter withFile(String name, Content content) {
    Manifest.requireFileName(name);
    if (files.putIfAbsent(name, content) != null) {
      throw new IllegalArgumentException("files must be named once, found a second " + name);
    }
    return this;
  }

  private static Content content(byte[] bytes) {
    return out -> out.write(bytes);
  }

  /**
   * Writes the bundle beside its place and moves it there.
   *
   * @param target the bundle's directory, which must not exist; its parents are made
   * @return the bundle that was written, opened and verified
   * @throws FileAlreadyExistsException when there is something at {@code target}
   */
  public ModelBundle write(Path target) throws IOException {
    Path place = target.toAbsolutePath().normalize();
    if (Files.exists(place)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "a bundle is never overwritten");
    }
    Files.createDirectories(place.getParent());
    Path draftDirectory =
        place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
    Files.createDirectory(draftDirectory);
    try {
      writeFiles(draftDirectory);
      Files.move(draftDirectory, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      deleteDraft(draftDirectory, e);
      throw e;
    }
    return ModelBundle.open(place);
  }

  private void writeFiles(Path directory) throws IOException {
    SortedMap<String, String> checksums = new TreeMap<>();
    for (Map.Entry<String, Content> file : files.entrySet()) {
      checksums.put(file.getKey(), write(directory.resolve(file.getKey()), file.getValue()));
    }
    Files.write(
        directory.resolve(ModelBundle.MANIFEST), BundleFormat.toJson(draft.withFiles(checksums)));
  }

  /** Writes a file and returns its SHA-256. */
  private static String write(Path file, Content content) throws IOException {
    MessageDigest digest = BundleFormat.newDigest();
    try (OutputStream out =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest)) {
      content.writeTo(out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void deleteDraft(Path directory, Exception failure) {
    try {
      try (DirectoryStream<Path> written = Files.newDirectoryStream(directory)) {
        for (Path file : written) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
