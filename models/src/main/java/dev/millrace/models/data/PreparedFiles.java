package dev.millrace.models.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.Vocabulary;
import dev.millrace.models.examples.ExampleFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The directory of prepared data. */
record PreparedFiles(Path directory) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Path marker() {
    return directory.resolve("prepared.json");
  }

  Path catalog() {
    return directory.resolve("catalog.yaml");
  }

  Path vocabulary() {
    return directory.resolve("vocabulary.json");
  }

  Path examples(Part part) {
    return directory.resolve(part + ".examples");
  }

  /** What was prepared for this request, if it is still whole. */
  Optional<Prepared> read(String key) {
    if (!Files.exists(marker())) {
      return Optional.empty();
    }
    try {
      Prepared found = JSON.readValue(marker().toFile(), Prepared.class);
      if (found.version() != Prepared.VERSION || !found.key().equals(key)) {
        return Optional.empty();
      }
      for (Part part : Part.values()) {
        ExampleFile.open(examples(part)).verify();
      }
      return Optional.of(found);
    } catch (IOException e) {
      // What cannot be read is made anew.
      return Optional.empty();
    }
  }

  /** From here on the files are no longer those of an earlier request, or of one cut short. */
  void clear() throws IOException {
    Files.deleteIfExists(marker());
    Files.deleteIfExists(vocabulary());
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory, "*.examples.*")) {
      for (Path draft : drafts) {
        Files.delete(draft);
      }
    }
  }

  void write(FeatureCatalog catalog, Optional<Vocabulary> found) throws IOException {
    Files.writeString(catalog(), catalog.toYaml());
    if (found.isPresent()) {
      found.get().write(vocabulary());
    }
  }

  void write(Prepared prepared) throws IOException {
    Path draft = directory.resolve("prepared.json.tmp");
    JSON.writeValue(draft.toFile(), prepared);
    Files.move(
        draft, marker(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
