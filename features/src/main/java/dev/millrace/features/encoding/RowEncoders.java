package dev.millrace.features.encoding;

import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.FeatureCatalog;
import java.util.Optional;

/** The encoder a catalogue asks for. */
public final class RowEncoders {
  private RowEncoders() {}

  /**
   * The encoder of a catalogue.
   *
   * @param vocabulary given exactly if the catalogue's embedding is a vocabulary
   * @throws IllegalArgumentException if the catalogue is not fitted, or the vocabulary is missing,
   *     superfluous or of another catalogue
   */
  public static RowEncoder of(FeatureCatalog catalog, Optional<Vocabulary> vocabulary) {
    if (!catalog.isFitted()) {
      throw new IllegalArgumentException(
          "catalogue "
              + catalog.name()
              + " must have fitted bucketings before encoding, found some unfitted");
    }
    return new FieldRowEncoder(catalog, space(catalog, vocabulary));
  }

  private static RowSpace space(FeatureCatalog catalog, Optional<Vocabulary> vocabulary) {
    if (!(catalog.embedding() instanceof Embedding.VocabularyTable) && vocabulary.isPresent()) {
      throw new IllegalArgumentException(
          "vocabulary must be absent unless embedding.kind is vocabulary, found one");
    }
    if (catalog.embedding() instanceof Embedding.Unified unified) {
      return new UnifiedRows(unified, catalog.fields());
    }
    if (catalog.embedding() instanceof Embedding.Separate separate) {
      return new SeparateRows(separate, catalog.fields());
    }
    Vocabulary found =
        vocabulary.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "vocabulary must be given where embedding.kind is vocabulary, found none"));
    found.requireOf(catalog);
    return new VocabularyRows(found);
  }
}
