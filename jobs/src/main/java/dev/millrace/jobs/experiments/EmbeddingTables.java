package dev.millrace.jobs.experiments;

import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.data.BuiltInCatalogs;
import dev.millrace.jobs.cli.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ways to spend a budget of memory on embeddings of MovieLens-1M: the fields of "Unified
 * Embedding" (Coleman et al., NeurIPS 2023, section 5.1), each value 30 numbers wide.
 */
final class EmbeddingTables {
  static final String COLLISIONLESS = "collisionless";
  static final String SEPARATE = "separate";
  static final String UNIFIED = "unified";
  static final String UNIFIED_CHUNKS = "unified-2x15";

  static final List<String> KINDS = List.of(COLLISIONLESS, SEPARATE, UNIFIED, UNIFIED_CHUNKS);

  private static final int DIM = 30;

  /** Rows of 30 numbers by what they take in float32: all values, half, and a tenth of them. */
  private static final Map<String, Integer> BUDGETS = budgets();

  /** Values of each field in the data. */
  private static final Map<String, Integer> VALUES =
      Map.of("user", 6_040, "movie", 3_668, "gender", 2, "age", 7, "occupation", 21, "zip", 3_439);

  private EmbeddingTables() {}

  private static Map<String, Integer> budgets() {
    Map<String, Integer> budgets = new LinkedHashMap<>();
    budgets.put("1582k", 13_183);
    budgets.put("791k", 6_592);
    budgets.put("158k", 1_318);
    return budgets;
  }

  /**
   * The catalogues of a kind, by name, one for each budget.
   *
   * @throws UsageException if there is no such kind
   */
  static Map<String, FeatureCatalog> of(String kind) {
    FeatureCatalog base = BuiltInCatalogs.load("movielens-1m-collisionless");
    if (kind.equals(COLLISIONLESS)) {
      return Map.of(kind, base);
    }
    Map<String, FeatureCatalog> catalogs = new LinkedHashMap<>();
    BUDGETS.forEach((name, rows) -> catalogs.put(kind + "-" + name, of(kind, base, rows)));
    return catalogs;
  }

  private static FeatureCatalog of(String kind, FeatureCatalog base, int rows) {
    return switch (kind) {
      case SEPARATE -> catalog(base, new Embedding.Separate(shares(rows), DIM), 1);
      case UNIFIED -> catalog(base, new Embedding.Unified(rows, DIM), 1);
      // The same width and the same bytes: twice the rows, of half the numbers.
      case UNIFIED_CHUNKS -> catalog(base, new Embedding.Unified(2 * rows, DIM / 2), 2);
      default -> throw new UsageException("--tables must be of " + KINDS + ", found " + kind);
    };
  }

  /**
   * Tables in proportion to the values of their fields, at least 2 rows each; what rounding leaves
   * is the users'.
   */
  private static SortedMap<String, Integer> shares(int rows) {
    int all = VALUES.values().stream().mapToInt(Integer::intValue).sum();
    SortedMap<String, Integer> shares = new TreeMap<>();
    VALUES.forEach(
        (field, values) -> shares.put(field, (int) Math.max(2, (long) rows * values / all)));
    int left = rows - shares.values().stream().mapToInt(Integer::intValue).sum();
    shares.merge("user", left, Integer::sum);
    return shares;
  }

  private static FeatureCatalog catalog(FeatureCatalog base, Embedding embedding, int chunks) {
    List<Field> fields = new ArrayList<>();
    for (Field field : base.fields()) {
      fields.add(
          new Field(
              field.ordinal(),
              field.name(),
              field.kind(),
              field.source(),
              field.bucketing(),
              chunks,
              field.maxValues()));
    }
    return FeatureCatalog.of(base.name(), embedding, fields, List.of());
  }
}
