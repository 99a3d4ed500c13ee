package dev.millrace.jobs.streaming;

import dev.millrace.features.catalog.Entity;
import dev.millrace.features.catalog.EventType;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.StreamingFeature;
import dev.millrace.schemas.Click;
import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.Impression;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Shows an event to each entity for which the catalogue counts or remembers such events. */
final class EntityEvents implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Set<Entity> shown = EnumSet.noneOf(Entity.class);
  private final Set<Entity> clicked = EnumSet.noneOf(Entity.class);

  EntityEvents(FeatureCatalog catalog) {
    for (StreamingFeature feature : catalog.streaming()) {
      if (feature instanceof StreamingFeature.Rate) {
        shown.add(feature.entity());
        clicked.add(feature.entity());
      } else if (eventOf(feature) == EventType.CLICK) {
        clicked.add(feature.entity());
      } else {
        shown.add(feature.entity());
      }
    }
  }

  private static EventType eventOf(StreamingFeature feature) {
    return feature instanceof StreamingFeature.Counter counter
        ? counter.event()
        : ((StreamingFeature.History) feature).event();
  }

  FlatMapFunction<Impression, EntityEvent> ofImpressions() {
    return (impression, out) ->
        collect(
            shown,
            false,
            impression.getTimestamp().toEpochMilli(),
            impression.getUserId(),
            impression.getItemId(),
            out);
  }

  FlatMapFunction<Click, EntityEvent> ofClicks() {
    return (click, out) ->
        collect(
            clicked,
            true,
            click.getTimestamp().toEpochMilli(),
            click.getUserId(),
            click.getItemId(),
            out);
  }

  private static void collect(
      Set<Entity> entities,
      boolean click,
      long timestamp,
      String userId,
      String itemId,
      Collector<EntityEvent> out) {
    for (Entity entity : entities) {
      String key = entity == Entity.USER ? userId : itemId;
      out.collect(new EntityEvent(entity.token(), key, click, timestamp, userId, itemId));
    }
  }
}
