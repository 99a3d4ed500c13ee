package dev.millrace.jobs.io;

import java.io.Serializable;

/**
 * Tells when a record happened.
 *
 * @param <R> the record
 */
@FunctionalInterface
public interface EventTime<R> extends Serializable {

  /** Event time of a record, milliseconds since the epoch. */
  long of(R record);
}
