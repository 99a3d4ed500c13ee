package dev.millrace.jobs.bench;

import dev.millrace.features.catalog.Entity;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.simulation.SimulatedAudience;
import dev.millrace.features.streaming.EntityAggregator;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.EntityState;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.Topic;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Streaming features as the streaming-features job would have left them: without them a ranking job
 * would look up nothing and have less to do than in life.
 */
final class StreamingHistory {

  private final FeatureCatalog catalog;
  private final Map<Entity, EntityAggregator> aggregators = new EnumMap<>(Entity.class);
  private final Map<Entity, Map<String, EntityState>> states = new EnumMap<>(Entity.class);

  private StreamingHistory(FeatureCatalog catalog) {
    this.catalog = catalog;
    for (Entity entity : Entity.values()) {
      aggregators.put(entity, new EntityAggregator(catalog, entity));
      states.put(entity, new LinkedHashMap<>());
    }
  }

  /**
   * The features after an audience's first requests, each answered in the order of its candidates.
   *
   * @return by {@link Topic#entityKey}
   */
  static Map<String, FeatureValue> after(SimulatedAudience audience, int requests) {
    StreamingHistory history = new StreamingHistory(audience.catalog());
    for (int i = 0; i < requests; i++) {
      RankingRequest request = audience.request(i);
      for (int shown = 0; shown < request.getSlots(); shown++) {
        Candidate candidate = request.getCandidates().get(shown);
        history.count(request, candidate, false);
        double probability = audience.clickProbability(request, shown);
        if (audience.clicks(request.getRequestId(), candidate.getItemId(), probability)) {
          history.count(request, candidate, true);
        }
      }
    }
    return history.values();
  }

  private void count(RankingRequest request, Candidate candidate, boolean click) {
    for (Entity entity : Entity.values()) {
      String key = entity == Entity.USER ? request.getUserId() : candidate.getItemId();
      EntityAggregator aggregator = aggregators.get(entity);
      EntityState state = states.get(entity).computeIfAbsent(key, first -> aggregator.newState());
      aggregator.add(
          state,
          new EntityEvent(
              entity.token(),
              key,
              click,
              request.getTimestamp().toEpochMilli(),
              request.getUserId(),
              candidate.getItemId()));
    }
  }

  private Map<String, FeatureValue> values() {
    Map<String, FeatureValue> values = new LinkedHashMap<>();
    states.forEach(
        (entity, byKey) ->
            byKey.forEach(
                (key, state) -> {
                  if (!aggregators.get(entity).isEmpty(state)) {
                    values.put(Topic.entityKey(entity.token(), key), value(entity, key, state));
                  }
                }));
    return values;
  }

  private FeatureValue value(Entity entity, String key, EntityState state) {
    return new FeatureValue(
        entity.token(),
        key,
        Instant.ofEpochMilli(state.getAsOf()),
        aggregators.get(entity).values(state, state.getAsOf()),
        catalog.fingerprint());
  }
}
