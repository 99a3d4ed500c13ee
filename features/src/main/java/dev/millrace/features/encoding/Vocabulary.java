package dev.millrace.features.encoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.features.catalog.FeatureCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/**
 * The values of every field that have an embedding row of their own, in the order of their rows.
 *
 * @param catalogFingerprint the catalogue under which the values were counted
 * @param values discrete forms by field ordinal, without repeats
 */
public record Vocabulary(String catalogFingerprint, List<List<String>> values) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws IllegalArgumentException naming the field, the rule and the value found
   */
  public Vocabulary {
    values = values.stream().map(List::copyOf).toList();
    for (int ordinal = 0; ordinal < values.size(); ordinal++) {
      HashSet<String> seen = new HashSet<>();
      for (String value : values.get(ordinal)) {
        if (!seen.add(value)) {
          throw new IllegalArgumentException(
              "values[" + ordinal + "] must not repeat a value, found " + value + " again");
        }
      }
    }
  }

  /**
   * Reads a vocabulary of {@code catalog}.
   *
   * @throws VocabularyException if the file is unreadable, of another version or of another
   *     catalogue
   */
  public static Vocabulary read(Path file, FeatureCatalog catalog) {
    try (InputStream in = Files.newInputStream(file)) {
      Vocabulary vocabulary = JSON.readValue(in, Document.class).vocabulary();
      vocabulary.requireOf(catalog);
      return vocabulary;
    } catch (JsonProcessingException e) {
      String problem = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new VocabularyException(file + ": must be a vocabulary, found: " + problem, e);
    } catch (IOException e) {
      throw new VocabularyException(file + ": must be a readable file, found " + e, e);
    } catch (IllegalArgumentException e) {
      throw new VocabularyException(file + ": " + e.getMessage(), e);
    }
  }

  /** Writes the vocabulary as a JSON document, value by value; the stream stays open. */
  public void write(OutputStream out) throws IOException {
    JSON.writer()
        .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
        .writeValue(out, new Document(Document.VERSION, catalogFingerprint, values));
  }

  /** Writes the vocabulary to a file. */
  public void write(Path file) throws IOException {
    JSON.writeValue(file.toFile(), new Document(Document.VERSION, catalogFingerprint, values));
  }

  /**
   * Refuses to be used with a catalogue other than its own.
   *
   * @throws IllegalArgumentException with both fingerprints
   */
  void requireOf(FeatureCatalog catalog) {
    if (!catalogFingerprint.equals(catalog.fingerprint())) {
      throw new IllegalArgumentException(
          "catalogFingerprint must be "
              + catalog.fingerprint()
              + " of catalogue "
              + catalog.name()
              + ", found "
              + catalogFingerprint);
    }
    if (values.size() != catalog.fields().size()) {
      throw new IllegalArgumentException(
          "values must hold " + catalog.fields().size() + " fields, found " + values.size());
    }
  }

  private record Document(int version, String catalogFingerprint, List<List<String>> values) {
    private static final int VERSION = 1;

    private Document {
      require(version == VERSION, "version must be " + VERSION + ", found " + version);
      require(catalogFingerprint != null, "catalogFingerprint must be given, found nothing");
      require(values != null && !values.contains(null), "values must be lists, found null");
    }

    private static void require(boolean holds, String message) {
      if (!holds) {
        throw new IllegalArgumentException(message);
      }
    }

    private Vocabulary vocabulary() {
      return new Vocabulary(catalogFingerprint, values);
    }
  }
}
