package dev.millrace.features.streaming;

import dev.millrace.features.catalog.Entity;
import dev.millrace.features.catalog.EventType;
import dev.millrace.features.catalog.StreamingFeature;
import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.EntityState;
import dev.millrace.schemas.HistoryEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The partners of the newest events; equal times order by value, so that arrival does not count.
 */
final class HistoryAggregate implements Aggregate {
  private static final Comparator<HistoryEntry> NEWEST_FIRST =
      Comparator.comparingLong(HistoryEntry::getTimestamp)
          .reversed()
          .thenComparing(HistoryEntry::getValue);

  private final StreamingFeature.History feature;
  private final long retention;

  HistoryAggregate(StreamingFeature.History feature) {
    this.feature = feature;
    this.retention = feature.retention().toMillis();
  }

  @Override
  public String name() {
    return feature.name();
  }

  @Override
  public boolean wants(EntityEvent event) {
    return event.getClick() == (feature.event() == EventType.CLICK);
  }

  @Override
  public boolean add(EntityState state, EntityEvent event, long asOf) {
    if (isPast(event.getTimestamp(), asOf)) {
      return false;
    }
    String partner = feature.entity() == Entity.USER ? event.getItemId() : event.getUserId();
    HistoryEntry entry = new HistoryEntry(partner, event.getTimestamp());
    List<HistoryEntry> entries =
        state.getHistories().computeIfAbsent(feature.name(), k -> new ArrayList<>());
    int before = 0;
    while (before < entries.size() && NEWEST_FIRST.compare(entries.get(before), entry) <= 0) {
      before++;
    }
    entries.add(before, entry);
    if (entries.size() > feature.size()) {
      entries.remove(feature.size());
    }
    return true;
  }

  @Override
  public Object value(EntityState state, long asOf) {
    return entries(state).stream()
        .filter(entry -> !isPast(entry.getTimestamp(), asOf))
        .map(HistoryEntry::getValue)
        .toList();
  }

  @Override
  public OptionalLong nextExpiry(EntityState state) {
    List<HistoryEntry> entries = entries(state);
    return entries.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(entries.get(entries.size() - 1).getTimestamp() + retention);
  }

  @Override
  public void expire(EntityState state, long asOf) {
    List<HistoryEntry> entries = entries(state);
    while (!entries.isEmpty() && isPast(entries.get(entries.size() - 1).getTimestamp(), asOf)) {
      entries.remove(entries.size() - 1);
    }
    if (entries.isEmpty()) {
      state.getHistories().remove(feature.name());
    }
  }

  private List<HistoryEntry> entries(EntityState state) {
    return state.getHistories().getOrDefault(feature.name(), new ArrayList<>());
  }

  private boolean isPast(long timestamp, long asOf) {
    return timestamp <= asOf - retention;
  }
}
