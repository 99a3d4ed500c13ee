package dev.millrace.features.streaming;

import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.EntityState;
import java.util.OptionalLong;

/** The part of an entity's state that belongs to one streaming feature. */
sealed interface Aggregate permits WindowAggregate, HistoryAggregate {

  /** Name of the streaming feature, under which the state holds its part. */
  String name();

  /** Whether the feature counts events of this type. */
  boolean wants(EntityEvent event);

  /** Counts an event; false, and no change, if as of {@code asOf} it is past. */
  boolean add(EntityState state, EntityEvent event, long asOf);

  /** The feature's value. */
  Object value(EntityState state, long asOf);

  /** The next event time at which {@link #expire} drops something. */
  OptionalLong nextExpiry(EntityState state);

  /** Drops what is past, and the part itself once it is empty. */
  void expire(EntityState state, long asOf);
}
