package dev.millrace.features.streaming;

import dev.millrace.features.catalog.EventType;
import dev.millrace.features.catalog.StreamingFeature;
import dev.millrace.schemas.CountBucket;
import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.EntityState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Counts over a window that slides by whole buckets; a bucket exists once it counts something. */
final class WindowAggregate implements Aggregate {
  private final StreamingFeature.Windowed feature;
  private final long width;

  WindowAggregate(StreamingFeature.Windowed feature) {
    this.feature = feature;
    this.width = feature.bucketMillis();
  }

  @Override
  public String name() {
    return feature.name();
  }

  @Override
  public boolean wants(EntityEvent event) {
    return !(feature instanceof StreamingFeature.Counter counter)
        || event.getClick() == (counter.event() == EventType.CLICK);
  }

  @Override
  public boolean add(EntityState state, EntityEvent event, long asOf) {
    long index = index(event.getTimestamp());
    if (isPast(index, asOf)) {
      return false;
    }
    CountBucket bucket =
        bucket(state.getCounts().computeIfAbsent(feature.name(), k -> new ArrayList<>()), index);
    if (event.getClick()) {
      bucket.setClicks(bucket.getClicks() + 1);
    } else {
      bucket.setImpressions(bucket.getImpressions() + 1);
    }
    return true;
  }

  @Override
  public Object value(EntityState state, long asOf) {
    long impressions = 0;
    long clicks = 0;
    for (CountBucket bucket : buckets(state)) {
      if (!isPast(bucket.getIndex(), asOf)) {
        impressions += bucket.getImpressions();
        clicks += bucket.getClicks();
      }
    }
    if (feature instanceof StreamingFeature.Rate rate) {
      return (clicks + rate.priorClicks()) / (impressions + rate.priorImpressions());
    }
    return impressions + clicks;
  }

  @Override
  public OptionalLong nextExpiry(EntityState state) {
    List<CountBucket> buckets = buckets(state);
    return buckets.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of((buckets.get(0).getIndex() + feature.buckets()) * width);
  }

  @Override
  public void expire(EntityState state, long asOf) {
    List<CountBucket> buckets = buckets(state);
    while (!buckets.isEmpty() && isPast(buckets.get(0).getIndex(), asOf)) {
      buckets.remove(0);
    }
    if (buckets.isEmpty()) {
      state.getCounts().remove(feature.name());
    }
  }

  private List<CountBucket> buckets(EntityState state) {
    return state.getCounts().getOrDefault(feature.name(), new ArrayList<>());
  }

  private long index(long timestamp) {
    return Math.floorDiv(timestamp, width);
  }

  private boolean isPast(long index, long asOf) {
    return index <= index(asOf) - feature.buckets();
  }

  /** Finds or inserts from the end: events arrive nearly in order. */
  private static CountBucket bucket(List<CountBucket> ascending, long index) {
    int after = ascending.size();
    while (after > 0 && ascending.get(after - 1).getIndex() > index) {
      after--;
    }
    if (after > 0 && ascending.get(after - 1).getIndex() == index) {
      return ascending.get(after - 1);
    }
    CountBucket bucket = new CountBucket(index, 0L, 0L);
    ascending.add(after, bucket);
    return bucket;
  }
}
