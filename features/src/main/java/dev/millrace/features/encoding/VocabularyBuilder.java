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
 * on their order. Memory grows with the distinct values, frequent or not: about 100 bytes each
 * beside their text.
 */
public final class VocabularyBuilder {
  /** Most frequent first, so that often-read rows lie together; the value breaks ties. */
  private static final Comparator<Map.Entry<String, Tally>> ORDER =
      Comparator.<Map.Entry<String, Tally>>comparingLong(entry -> -entry.getValue().count)
          .thenComparing(Map.Entry.comparingByKey());

  private final FeatureCatalog catalog;
  private final int minCount;
  private final List<Map<String, Tally>> tallies = new ArrayList<>();

  /**
   * A builder of the vocabulary of {@code catalog}.
   *
   * @throws IllegalArgumentException if the catalogue's embedding is no vocabulary
   */
  public VocabularyBuilder(FeatureCatalog catalog) {
    if (!(catalog.embedding() instanceof Embedding.VocabularyTable table)) {
      throw new IllegalArgumentException(
          "embedding.kind must be vocabulary to build one, found another");
    }
    this.catalog = catalog;
    this.minCount = table.minCount();
    catalog.fields().forEach(field -> tallies.add(new HashMap<>()));
  }

  /** Counts a row of values by field ordinal. */
  public void add(Object[] values) {
    for (Field field : catalog.fields()) {
      Object value = values[field.ordinal()];
      Map<String, Tally> counted = tallies.get(field.ordinal());
      if (value instanceof List<?> list) {
        list.forEach(element -> count(counted, field.embeddingKey(element)));
      } else if (value != null) {
        count(counted, field.embeddingKey(value));
      }
    }
  }

  private static void count(Map<String, Tally> counted, String key) {
    counted.computeIfAbsent(key, added -> new Tally()).count++;
  }

  /** The values counted at least {@code minCount} times. */
  public Vocabulary build() {
    List<List<String>> values = new ArrayList<>();
    for (Map<String, Tally> counted : tallies) {
      values.add(
          counted.entrySet().stream()
              .filter(entry -> entry.getValue().count >= minCount)
              .sorted(ORDER)
              .map(Map.Entry::getKey)
              .toList());
    }
    return new Vocabulary(catalog.fingerprint(), values);
  }

  /** Counted in place: a boxed count would be made anew for every value of every row. */
  private static final class Tally {
    private long count;
  }
}
