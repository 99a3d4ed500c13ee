package dev.millrace.models.data;

import com.google.common.hash.Hashing;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.RowColumns;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is to be prepared.
 *
 * @param rows from which every part is cut that has no rows of its own
 * @param fixed rows of validation and test where they come by themselves; not of training
 * @param catalog the fields; bucketings that are not fitted are fitted on the training part
 * @param columns label, and time where the split is by it
 */
public record DataRequest(
    RowSource rows,
    Map<Part, RowSource> fixed,
    FeatureCatalog catalog,
    RowColumns columns,
    SplitConfig split) {

  /**
   * @throws IllegalArgumentException naming the key, the rule and the value found
   */
  public DataRequest {
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(split, "split");
    Map<Part, RowSource> parts = new EnumMap<>(Part.class);
    parts.putAll(fixed);
    fixed = Collections.unmodifiableMap(parts);
    if (fixed.containsKey(Part.TRAINING)) {
      throw new IllegalArgumentException("fixed must be of validation and test, found training");
    }
    if (columns.label().isEmpty()) {
      throw new IllegalArgumentException("label must name a column, found none");
    }
    if (split.mode() == SplitConfig.Mode.TIME && columns.time().isEmpty()) {
      throw new IllegalArgumentException("time must name a column to split by it, found none");
    }
  }

  /** Two requests of the same key ask for the same examples. */
  String key() {
    Map<Part, String> versions = new EnumMap<>(Part.class);
    versions.put(Part.TRAINING, rows.version());
    fixed.forEach((part, source) -> versions.put(part, source.version()));
    String request = List.of(versions, catalog.fingerprint(), columns, split).toString();
    return Hashing.sha256().hashString(request, StandardCharsets.UTF_8).toString();
  }
}
