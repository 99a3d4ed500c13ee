package dev.millrace.features.streaming;

import dev.millrace.features.catalog.Entity;
import dev.millrace.features.catalog.EventType;
import dev.millrace.features.catalog.StreamingFeature;
import dev.millrace.schemas.EntityEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps every event and reads each feature off all of them, by its definition. */
final class StreamingOracle {
  private final List<StreamingFeature> features;
  private final List<EntityEvent> events = new ArrayList<>();

  StreamingOracle(List<StreamingFeature> features) {
    this.features = features;
  }

  void add(EntityEvent event) {
    events.add(event);
  }

  Map<String, Object> values(long asOf) {
    Map<String, Object> values = new HashMap<>();
    for (StreamingFeature feature : features) {
      values.put(feature.name(), value(feature, asOf));
    }
    return values;
  }

  private Object value(StreamingFeature feature, long asOf) {
    if (feature instanceof StreamingFeature.Counter counter) {
      return count(counter, counter.event(), asOf);
    }
    if (feature instanceof StreamingFeature.Rate rate) {
      return (count(rate, EventType.CLICK, asOf) + rate.priorClicks())
          / (count(rate, EventType.IMPRESSION, asOf) + rate.priorImpressions());
    }
    StreamingFeature.History history = (StreamingFeature.History) feature;
    return events.stream()
        .filter(event -> event.getClick() == (history.event() == EventType.CLICK))
        .filter(event -> event.getTimestamp() + history.retention().toMillis() > asOf)
        .sorted(
            Comparator.comparingLong(EntityEvent::getTimestamp)
                .reversed()
                .thenComparing(event -> partner(history, event)))
        .limit(history.size())
        .map(event -> partner(history, event))
        .toList();
  }

  private long count(StreamingFeature.Windowed feature, EventType type, long asOf) {
    long slice = Math.floorDiv(asOf, feature.bucketMillis());
    return events.stream()
        .filter(event -> event.getClick() == (type == EventType.CLICK))
        .mapToLong(event -> Math.floorDiv(event.getTimestamp(), feature.bucketMillis()))
        .filter(s -> s > slice - feature.buckets())
        .count();
  }

  private static String partner(StreamingFeature.History history, EntityEvent event) {
    return history.entity() == Entity.USER ? event.getItemId() : event.getUserId();
  }
}
