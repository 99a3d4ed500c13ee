package dev.millrace.features.table;

import dev.millrace.features.quality.PopulationStability;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the values of fields were distributed in a data set that another is compared with. */
final class EarlierTable {

  /** Nothing to compare with. */
  static final EarlierTable NONE = new EarlierTable(Map.of(), Set.of());

  private final Map<String, long[]> buckets;
  private final Map<String, Long> missing = new HashMap<>();
  private final Set<String> symbols;

  private EarlierTable(Map<String, long[]> buckets, Set<String> symbols) {
    this.buckets = buckets;
    this.symbols = symbols;
  }

  /**
   * @param symbols values that stand for a missing one
   */
  static EarlierTable of(CountedTable table, Set<String> symbols) {
    EarlierTable earlier = new EarlierTable(new HashMap<>(), symbols);
    for (FieldTable field : table.fields()) {
      earlier.buckets.put(field.name(), field.buckets(symbols));
      earlier.missing.put(field.name(), FieldQualities.missingRows(field, symbols));
    }
    return earlier;
  }

  /** How a field's distribution differs from the one it had; empty if it was not there. */
  Optional<PopulationStability> against(FieldTable field) {
    long[] before = buckets.get(field.name());
    return before == null
        ? Optional.empty()
        : Optional.of(
            PopulationStability.between(
                before,
                missing.get(field.name()),
                field.buckets(symbols),
                FieldQualities.missingRows(field, symbols)));
  }
}
