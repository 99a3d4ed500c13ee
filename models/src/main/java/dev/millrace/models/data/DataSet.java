package dev.millrace.models.data;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.encoding.RowEncoders;
import dev.millrace.features.encoding.Vocabulary;
import dev.millrace.features.table.Progress;
import dev.millrace.models.examples.ExampleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A data set ready for training: encoded examples of each part on disk, and what encodes others
 * alike.
 */
public final class DataSet {
  private final FeatureCatalog catalog;
  private final Optional<Vocabulary> vocabulary;
  private final Prepared prepared;
  private final Map<Part, ExampleFile> examples = new EnumMap<>(Part.class);

  private DataSet(
      FeatureCatalog catalog,
      Optional<Vocabulary> vocabulary,
      Prepared prepared,
      Map<Part, ExampleFile> examples) {
    this.catalog = catalog;
    this.vocabulary = vocabulary;
    this.prepared = prepared;
    this.examples.putAll(examples);
  }

  /**
   * Prepares a data set, or opens what an earlier call with the same request left in the directory.
   *
   * <p>The rows are read up to four times: to count them and split them, to fit bucketings that are
   * not fitted, to count the values of a vocabulary, and to encode them. Bucketings and vocabulary
   * come from the training part only. Memory holds the vocabulary, with the values that are too
   * rare for it while they are counted, 8 MiB for each quantile field while it is fitted, and 50 MB
   * beside them; the disk holds 4 bytes a lookup, 8 with weights, and for training the same again
   * for a while. Training examples come in random order whatever the order of the rows, the others
   * in the order of the rows.
   *
   * @param directory created where it is not there; one call at a time may use it
   * @throws DataException if the rows cannot be trained on
   * @throws dev.millrace.features.data.DataSetException if a row breaks the format
   */
  public static DataSet prepare(DataRequest request, Path directory, Progress progress)
      throws IOException {
    Files.createDirectories(directory);
    PreparedFiles files = new PreparedFiles(directory);
    Optional<Prepared> earlier = files.read(request.key());
    return open(
        files,
        earlier.isPresent() ? earlier.get() : new Preparation(request, files, progress).run());
  }

  private static DataSet open(PreparedFiles files, Prepared prepared) throws IOException {
    FeatureCatalog catalog = FeatureCatalog.load(files.catalog());
    Optional<Vocabulary> vocabulary =
        Files.exists(files.vocabulary())
            ? Optional.of(Vocabulary.read(files.vocabulary(), catalog))
            : Optional.empty();
    Map<Part, ExampleFile> examples = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      examples.put(part, ExampleFile.open(files.examples(part)));
    }
    return new DataSet(catalog, vocabulary, prepared, examples);
  }

  /** The catalogue, fitted. */
  public FeatureCatalog catalog() {
    return catalog;
  }

  /** The vocabulary, if the catalogue's embedding is one. */
  public Optional<Vocabulary> vocabulary() {
    return vocabulary;
  }

  /** What encoded the rows. */
  public RowEncoder encoder() {
    return RowEncoders.of(catalog, vocabulary);
  }

  /** The examples of a part; empty where its share is 0. */
  public ExampleFile examples(Part part) {
    return examples.get(part);
  }

  /** How many there are. */
  public PartCounts counts(Part part) {
    return prepared.counts().get(part);
  }

  /** The split of the rows that have no part by themselves. */
  public Split split() {
    return Split.of(prepared.split());
  }

  /** SHA-256, in hexadecimal, of the rows read. */
  public String digest() {
    return prepared.digest();
  }
}
