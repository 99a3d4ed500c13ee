package dev.millrace.jobs.cli;

import dev.millrace.features.table.TableException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which records of a topic are read.
 *
 * @param from time of the impression, inclusive; all earlier ones are passed over
 * @param to time of the impression, exclusive
 * @param fromOffsets by partition, inclusive; the earliest of the others
 * @param toOffsets by partition, exclusive; the end that the others have when they are opened
 */
record TopicBounds(
    Optional<Instant> from,
    Optional<Instant> to,
    Map<Integer, Long> fromOffsets,
    Map<Integer, Long> toOffsets) {
  static final TopicBounds NONE =
      new TopicBounds(Optional.empty(), Optional.empty(), Map.of(), Map.of());

  /**
   * @throws TableException naming the bound, the rule and the value found
   */
  TopicBounds {
    fromOffsets = new TreeMap<>(fromOffsets);
    toOffsets = new TreeMap<>(toOffsets);
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw new TableException("to must be after from " + from.get() + ", found " + to.get());
    }
    requireNotNegative("from", fromOffsets);
    requireNotNegative("to", toOffsets);
  }

  boolean include(Instant time) {
    return from.map(bound -> !time.isBefore(bound)).orElse(true)
        && to.map(time::isBefore).orElse(true);
  }

  /** These bounds with other offsets. */
  TopicBounds withOffsets(Map<Integer, Long> newFrom, Map<Integer, Long> newTo) {
    return new TopicBounds(from, to, newFrom, newTo);
  }

  private static void requireNotNegative(String key, Map<Integer, Long> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          if (partition < 0 || offset < 0) {
            throw new TableException(
                "%s offsets must be partition:offset, both >= 0, found %d:%d"
                    .formatted(key, partition, offset));
          }
        });
  }
}
