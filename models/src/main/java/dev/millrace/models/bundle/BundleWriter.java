package dev.millrace.models.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes a bundle: all of it appears at once, or nothing. The same content gives the same bytes.
 */
public final class BundleWriter {
  private final Manifest draft;
  private final SortedMap<String, byte[]> files = new TreeMap<>();

  /**
   * @param draft the manifest; the writer fills in the files
   * @param catalogYaml text of the feature catalogue
   * @param model the ONNX file
   * @param probe examples that the model must reproduce
   */
  public BundleWriter(Manifest draft, String catalogYaml, byte[] model, Probe probe) {
    this.draft = draft;
    files.put(ModelBundle.CATALOG, catalogYaml.getBytes(StandardCharsets.UTF_8));
    files.put(ModelBundle.MODEL, model.clone());
    files.put(ModelBundle.PROBE, BundleFormat.toJson(probe));
  }

  /**
   * Adds a file, for example {@code vocabulary.json}.
   *
   * @throws IllegalArgumentException when the name is not a plain file name, or taken
   */
  public BundleWriter withFile(String name, byte[] content) {
    Manifest.requireFileName(name);
    if (files.putIfAbsent(name, content.clone()) != null) {
      throw new IllegalArgumentException("files must be named once, found a second " + name);
    }
    return this;
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
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
      checksums.put(file.getKey(), BundleFormat.sha256(file.getValue()));
    }
    Files.write(
        directory.resolve(ModelBundle.MANIFEST), BundleFormat.toJson(draft.withFiles(checksums)));
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
