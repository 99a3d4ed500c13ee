package dev.millrace.features.encoding;

import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts values row by row and keeps those seen often enough. The result depends on the rows, not
 * on their order. Memory grows with the distinct values.
 */
public final class VocabularyBuilder {
  /** Most frequent first, so that often-read rows lie together; the value breaks ties. */
  private static final Comparator<Map.Entry<String, Long>> ORDER =
      Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
          .thenComparing(Map.Entry.comparingByKey());

  private final FeatureCatalog catalog;
  private final int minCount;
  private final List<Map<String, Long>> counts = new ArrayList<>();

  /**
   * A builder of the vocabulary of {@code catalog}.
   *
   * @throws IllegalArgumentException if the catalogue's embedding is no vocabulary
   */
  public VocabularyBuilder(FeatureCatalog catalog) {
    if (!(catalog.embedding() instanceof Embedding.VocabularyTable table)) {
      throw new IllegalArgumentException(
          "embedding.kind must be vocabulary to build one, found unified");
    }
    this.catalog = catalog;
    this.minCount = table.minCount();
    catalog.fields().forEach(field -> counts.add(new HashMap<>()));
  }

  /** Counts a row of values by field ordinal. */
  public void add(Object[] values) {
    for (Field field : catalog.fields()) {
      Object value = values[field.ordinal()];
      Map<String, Long> fieldCounts = counts.get(field.ordinal());
      if (value instanceof List<?> list) {
        list.forEach(element -> fieldCounts.merge(field.discrete(element), 1L, Long::sum));
      } else if (value != null) {
        fieldCounts.merge(field.discrete(value), 1L, Long::sum);
      }
    }
  }

  /** The values counted at least {@code minCount} times. */
  public Vocabulary build() {
    List<List<String>> values = new ArrayList<>();
    for (Map<String, Long> fieldCounts : counts) {
      values.add(
          fieldCounts.entrySet().stream()
              .filter(entry -> entry.getValue() >= minCount)
              .sorted(ORDER)
              .map(Map.Entry::getKey)
              .toList());
    }
    return new Vocabulary(catalog.fingerprint(), values);
  }
}
