package dev.millrace.jobs.streaming;

import dev.millrace.features.catalog.Entity;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.streaming.EntityAggregator;
import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.EntityState;
import dev.millrace.schemas.FeatureValue;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps the streaming features of each entity: owns the state and the one timer an entity has, at
 * which the next event leaves a window. An entity without events has no state, and its key ends.
 */
final class StreamingFeaturesFunction
    extends KeyedProcessFunction<String, EntityEvent, FeatureValue> {

  private static final long serialVersionUID = 1L;

  private final String catalogYaml;

  private transient Map<Entity, EntityAggregator> aggregators;
  private transient String fingerprint;
  private transient ValueState<EntityState> entityState;
  private transient Counter expired;

  StreamingFeaturesFunction(FeatureCatalog catalog) {
    this.catalogYaml = catalog.toYaml();
  }

  @Override
  public void open(OpenContext context) {
    FeatureCatalog catalog = FeatureCatalog.parse(catalogYaml, "catalogue of the job");
    fingerprint = catalog.fingerprint();
    aggregators = new EnumMap<>(Entity.class);
    for (Entity entity : Entity.values()) {
      aggregators.put(entity, new EntityAggregator(catalog, entity));
    }
    entityState =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("entity", new AvroTypeInfo<>(EntityState.class)));
    expired = getRuntimeContext().getMetricGroup().counter("expired");
  }

  private EntityAggregator aggregator(String entity) {
    return aggregators.get(Entity.ofToken(entity));
  }

  @Override
  public void processElement(EntityEvent event, Context context, Collector<FeatureValue> out)
      throws IOException {
    EntityAggregator aggregator = aggregator(event.getEntity());
    EntityState state = entityState.value();
    if (state == null) {
      state = aggregator.newState();
    }
    if (!aggregator.add(state, event)) {
      expired.inc();
      return;
    }
    out.collect(value(event.getEntity(), event.getKey(), aggregator, state));
    moveTimer(state, aggregator, context.timerService());
    entityState.update(state);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<FeatureValue> out)
      throws IOException {
    EntityState state = entityState.value();
    if (state == null || !Long.valueOf(time).equals(state.getNextTimer())) {
      return;
    }
    String[] key = context.getCurrentKey().split(":", 2);
    EntityAggregator aggregator = aggregator(key[0]);
    aggregator.expire(state, time);
    state.setAsOf(Math.max(state.getAsOf(), time));
    state.setNextTimer(null);
    if (aggregator.isEmpty(state)) {
      entityState.clear();
      out.collect(
          new FeatureValue(
              key[0], key[1], Instant.ofEpochMilli(state.getAsOf()), Map.of(), fingerprint));
      return;
    }
    out.collect(value(key[0], key[1], aggregator, state));
    moveTimer(state, aggregator, context.timerService());
    entityState.update(state);
  }

  private FeatureValue value(
      String entity, String key, EntityAggregator aggregator, EntityState state) {
    return new FeatureValue(
        entity,
        key,
        Instant.ofEpochMilli(state.getAsOf()),
        aggregator.values(state, state.getAsOf()),
        fingerprint);
  }

  private static void moveTimer(
      EntityState state, EntityAggregator aggregator, TimerService timers) {
    OptionalLong next = aggregator.nextExpiry(state);
    Long current = state.getNextTimer();
    if (next.isEmpty() || (current != null && current == next.getAsLong())) {
      return;
    }
    if (current != null) {
      timers.deleteEventTimeTimer(current);
    }
    timers.registerEventTimeTimer(next.getAsLong());
    state.setNextTimer(next.getAsLong());
  }
}
