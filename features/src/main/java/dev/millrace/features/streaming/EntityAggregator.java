package dev.millrace.features.streaming;

import dev.millrace.features.catalog.Entity;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.StreamingFeature;
import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.EntityState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Counts the events of one entity into its state and reads its streaming features off it. All times
 * are event times in milliseconds since the epoch; no clock is read. The outcome does not depend on
 * the order in which events arrive, as long as each arrives before its windows have passed.
 *
 * <p>A window as of T is the last {@code buckets} slices, T's own included. Every method that takes
 * an {@code asOf} expects it at or after the largest event time counted in.
 */
public final class EntityAggregator {
  /** The schema's default, below every time an event may carry. */
  private static final long NOTHING_COUNTED = -1;

  private final Entity entity;
  private final List<Aggregate> aggregates = new ArrayList<>();

  /** An aggregator of the streaming features that {@code catalog} defines on {@code entity}. */
  public EntityAggregator(FeatureCatalog catalog, Entity entity) {
    this.entity = entity;
    for (StreamingFeature feature : catalog.streaming()) {
      if (feature.entity() == entity) {
        aggregates.add(aggregate(feature));
      }
    }
  }

  /** A state in which nothing has been counted. */
  public EntityState newState() {
    return new EntityState(new HashMap<>(), new HashMap<>(), NOTHING_COUNTED, null);
  }

  /**
   * Counts an event.
   *
   * @return false if every feature that would count it has moved on, so that it was not counted
   * @throws IllegalArgumentException if the event belongs to another kind of entity
   */
  public boolean add(EntityState state, EntityEvent event) {
    if (!entity.token().equals(event.getEntity())) {
      throw new IllegalArgumentException(
          "entity must be " + entity.token() + ", found " + event.getEntity());
    }
    boolean wanted = false;
    boolean counted = false;
    long asOf = Math.max(state.getAsOf(), event.getTimestamp());
    for (Aggregate aggregate : aggregates) {
      if (aggregate.wants(event)) {
        wanted = true;
        counted |= aggregate.add(state, event, asOf);
      }
    }
    if (counted) {
      state.setAsOf(asOf);
    }
    return counted || !wanted;
  }

  /** The value of every feature: {@code Long}, {@code Double} or {@code List<String>} by name. */
  public Map<String, Object> values(EntityState state, long asOf) {
    Map<String, Object> values = new HashMap<>();
    for (Aggregate aggregate : aggregates) {
      values.put(aggregate.name(), aggregate.value(state, asOf));
    }
    return values;
  }

  /** The next event time at which something counted falls out of its window. */
  public OptionalLong nextExpiry(EntityState state) {
    return aggregates.stream()
        .map(aggregate -> aggregate.nextExpiry(state))
        .flatMapToLong(OptionalLong::stream)
        .min();
  }

  /** Drops what has fallen out of its window. */
  public void expire(EntityState state, long asOf) {
    aggregates.forEach(aggregate -> aggregate.expire(state, asOf));
  }

  /** Whether nothing is left to remember. */
  public boolean isEmpty(EntityState state) {
    return state.getCounts().isEmpty() && state.getHistories().isEmpty();
  }

  private static Aggregate aggregate(StreamingFeature feature) {
    if (feature instanceof StreamingFeature.Windowed windowed) {
      return new WindowAggregate(windowed);
    }
    return new HistoryAggregate((StreamingFeature.History) feature);
  }
}
