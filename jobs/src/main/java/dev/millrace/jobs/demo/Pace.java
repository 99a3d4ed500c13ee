package dev.millrace.jobs.demo;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Holds a feeder back so that answers keep up, and passes on how far it is. */
final class Pace {

  private static final long WAIT_MILLIS = 5;

  private final LongSupplier answered;
  private final LongConsumer fed;
  private final Health health;

  /** Fails when something that the feeder waits for will never come. */
  @FunctionalInterface
  interface Health {
    void require();
  }

  /**
   * @param answered requests answered so far
   * @param fed hears how many events are fed
   */
  Pace(LongSupplier answered, LongConsumer fed, Health health) {
    this.answered = answered;
    this.fed = fed;
    this.health = health;
  }

  /** Waits until at most so many requests are without an answer. */
  void await(long requests, long maxUnanswered) throws InterruptedException {
    while (requests - answered.getAsLong() > maxUnanswered) {
      health.require();
      Thread.sleep(WAIT_MILLIS);
    }
  }

  void fed(long events) {
    fed.accept(events);
  }
}
