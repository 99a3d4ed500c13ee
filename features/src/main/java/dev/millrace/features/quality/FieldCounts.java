package dev.millrace.features.quality;

import dev.millrace.schemas.FieldCount;
import dev.millrace.schemas.LifeCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Counts labelled impressions by field and value for a while, within a bound. */
public final class FieldCounts {
  private final int maxEntries;
  private final List<Map<String, List<LifeCount>>> byField = new ArrayList<>();
  private int entries;

  /**
   * @param fields of the catalogue
   * @param maxEntries counts held, one for each field, value, window and lifetime
   */
  public FieldCounts(int fields, int maxEntries) {
    this.maxEntries = maxEntries;
    for (int field = 0; field < fields; field++) {
      byField.add(new HashMap<>());
    }
  }

  /**
   * Counts a labelled impression.
   *
   * @param values by field ordinal, null where missing
   * @param until the last window whose decayed horizon counts it
   * @return whether the bound is reached, and the counts must be drained
   */
  public boolean add(List<String> values, boolean clicked, long window, long until) {
    for (int field = 0; field < values.size(); field++) {
      List<LifeCount> counts =
          byField.get(field).computeIfAbsent(values.get(field), value -> new ArrayList<>(1));
      entries += LifeCounts.add(counts, window, until, clicked) ? 1 : 0;
    }
    return entries >= maxEntries;
  }

  /** Whether nothing is counted. */
  public boolean isEmpty() {
    return entries == 0;
  }

  /** Hands over what was counted and starts anew. */
  public void drain(Consumer<FieldCount> to) {
    for (int field = 0; field < byField.size(); field++) {
      Map<String, List<LifeCount>> counted = byField.get(field);
      for (Map.Entry<String, List<LifeCount>> entry : counted.entrySet()) {
        String value = entry.getKey();
        to.accept(new FieldCount(field, ValueHash.shard(value), value, entry.getValue()));
      }
      counted.clear();
    }
    entries = 0;
  }
}
