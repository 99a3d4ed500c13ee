package dev.millrace.features.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What determines a simulation in full.
 *
 * @param seed of every draw
 * @param users at least 1
 * @param items at least twice the candidates, so that drawing distinct ones stays cheap
 * @param requests ranking requests over the span, at least 1
 * @param candidates items of each request, at least 1
 * @param slots how many of the best are shown, in [1, candidates]
 * @param start event time at which the first request may come
 * @param span event time from the start to the end of the last request's turn; at least a
 *     millisecond for each request
 */
public record SimulationConfig(
    long seed,
    int users,
    int items,
    int requests,
    int candidates,
    int slots,
    Instant start,
    Duration span) {

  public SimulationConfig {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(span, "span");
    require(users >= 1, "users must be >= 1", users);
    require(requests >= 1, "requests must be >= 1", requests);
    require(candidates >= 1, "candidates must be >= 1", candidates);
    require(items / 2 >= candidates, "items must be >= 2 x candidates = " + 2L * candidates, items);
    require(slots >= 1 && slots <= candidates, "slots must be in [1, " + candidates + "]", slots);
    require(
        span.compareTo(Duration.ofMillis(requests)) >= 0,
        "span must be >= 1 ms a request = " + Duration.ofMillis(requests),
        span);
  }

  private static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", found " + found);
    }
  }
}
