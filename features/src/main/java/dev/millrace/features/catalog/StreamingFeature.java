package dev.millrace.features.catalog;

import java.time.Duration;

/** A feature of a user or an item that is computed from its impressions and clicks. */
public sealed interface StreamingFeature {

  /** Unique in its catalogue. */
  String name();

  /** Whose events are counted. */
  Entity entity();

  /** A feature over a sliding window that moves by whole buckets. */
  sealed interface Windowed extends StreamingFeature {
    /** Width of the window. */
    Duration window();

    /** Slices of the window, &gt;= 1; the window slides by one slice. */
    int buckets();

    /** Width of one slice in milliseconds, &gt;= 1. */
    default long bucketMillis() {
      return window().toMillis() / buckets();
    }

    private static void check(String name, Duration window, int buckets) {
      Check.name("name", name);
      Check.atLeast("buckets", 1, buckets);
      Durations.check("window", window);
      Check.that(
          window.toMillis() % buckets == 0,
          "window must divide into whole milliseconds by its "
              + buckets
              + " buckets, found "
              + Durations.format(window));
    }
  }

  /** How many events of one type fell into the window. A {@code Long} &gt;= 0. */
  record Counter(String name, Entity entity, EventType event, Duration window, int buckets)
      implements Windowed {
    /**
     * @throws IllegalArgumentException naming the component, the rule and the value found
     */
    public Counter {
      Windowed.check(name, window, buckets);
    }
  }

  /**
   * The click-through rate of the window, smoothed: {@code (clicks + priorClicks) / (impressions +
   * priorImpressions)}. A {@code Double} &gt;= 0; above 1 where clicks outlive their impressions.
   */
  record Rate(
      String name,
      Entity entity,
      Duration window,
      int buckets,
      double priorClicks,
      double priorImpressions)
      implements Windowed {
    /**
     * @throws IllegalArgumentException naming the component, the rule and the value found
     */
    public Rate {
      Windowed.check(name, window, buckets);
      Check.that(
          priorImpressions > 0 && Double.isFinite(priorImpressions),
          "prior.impressions must be finite and > 0, found " + priorImpressions);
      Check.that(
          priorClicks >= 0 && priorClicks <= priorImpressions,
          "prior.clicks must be in [0, prior.impressions], found " + priorClicks);
    }
  }

  /**
   * The partners of the newest events, newest first: item ids of a user, user ids of an item. A
   * {@code List<String>} of at most {@code size} values.
   *
   * @param retention age, in event time, at which an entry is forgotten
   */
  record History(String name, Entity entity, EventType event, int size, Duration retention)
      implements StreamingFeature {
    /** Retention where a catalogue gives none. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

    /**
     * @throws IllegalArgumentException naming the component, the rule and the value found
     */
    public History {
      Check.name("name", name);
      Check.atLeast("size", 1, size);
      Durations.check("retention", retention);
    }
  }
}
