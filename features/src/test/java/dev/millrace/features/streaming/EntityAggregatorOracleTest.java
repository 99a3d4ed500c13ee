package dev.millrace.features.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.catalog.Entity;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.StreamingFeature;
import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.EntityState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random events in random order of arrival, against {@link StreamingOracle}. */
final class EntityAggregatorOracleTest {
  private static final int EVENTS = 300;
  private static final long START = 1_700_000_000_000L;

  private final FeatureCatalog catalog =
      FeatureCatalog.parse(
          """
          name: shop
          embedding: {kind: unified, buckets: 64, dim: 4}
          fields:
            - {name: item, kind: categorical, from: item-id}
          streaming:
            - {name: ctr, kind: rate, entity: item, window: 1m, buckets: 7500, prior: {clicks: 0.5, impressions: 3}}
            - {name: ctr_wide, kind: rate, entity: item, window: 1h, buckets: 1, prior: {clicks: 0, impressions: 1}}
            - {name: shown, kind: counter, entity: item, event: impression, window: 10s, buckets: 4}
            - {name: clicked, kind: counter, entity: item, event: click, window: 7m, buckets: 3}
            - {name: visitors, kind: history, entity: item, event: click, size: 3, retention: 90s}
            - {name: viewers, kind: history, entity: item, event: impression, size: 1, retention: 1s}
          """,
          "shop.yaml");
  private final List<StreamingFeature> features = catalog.streaming();
  private final EntityAggregator aggregator = new EntityAggregator(catalog, Entity.ITEM);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldAgreeAfterEveryArrival(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StreamingOracle oracle = new StreamingOracle(features);
    EntityState state = aggregator.newState();
    for (int i = 0; i < EVENTS; i++) {
      EntityEvent event = event(random);
      oracle.add(event);
      aggregator.add(state, event);
      if (random.nextInt(10) == 0) {
        aggregator.expire(state, state.getAsOf());
      }
      state = stored(state);
      long asOf = state.getAsOf() + random.nextLong(0, 100_000) * random.nextInt(2);
      assertThat(aggregator.values(state, asOf))
          .as("seed %d, event %d, as of %d", seed, i, asOf)
          .isEqualTo(oracle.values(asOf));
    }
  }

  /** Between two timers nothing changes; at each, the values are the oracle's again. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25})
  void shouldChangeAtItsTimersOnlyAndEndEmpty(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StreamingOracle oracle = new StreamingOracle(features);
    EntityState state = aggregator.newState();
    for (int i = 0; i < EVENTS; i++) {
      EntityEvent event = event(random);
      oracle.add(event);
      aggregator.add(state, event);
    }
    aggregator.expire(state, state.getAsOf());
    Map<String, Object> values = aggregator.values(state, state.getAsOf());
    int timers = 0;
    OptionalLong timer = aggregator.nextExpiry(state);
    while (timer.isPresent()) {
      long time = timer.getAsLong();
      assertThat(time).isGreaterThan(state.getAsOf());
      assertThat(oracle.values(time - 1)).as("seed %d before %d", seed, time).isEqualTo(values);
      aggregator.expire(state, time);
      state = stored(state);
      values = aggregator.values(state, time);
      assertThat(values).as("seed %d at %d", seed, time).isEqualTo(oracle.values(time));
      timer = aggregator.nextExpiry(state);
      timers++;
    }
    assertThat(timers).isGreaterThan(3);
    assertThat(aggregator.isEmpty(state)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void shouldNotDependOnTheOrderOfArrival(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<EntityEvent> events = Stream.generate(() -> event(random)).limit(EVENTS).toList();
    EntityState forwards = aggregator.newState();
    EntityState backwards = aggregator.newState();
    for (int i = 0; i < EVENTS; i++) {
      aggregator.add(forwards, events.get(i));
      aggregator.add(backwards, events.get(EVENTS - 1 - i));
    }
    long asOf = forwards.getAsOf();
    aggregator.expire(forwards, asOf);
    aggregator.expire(backwards, asOf);

    assertThat(forwards).as("seed %d", seed).isEqualTo(backwards);
  }

  /** Over five minutes, so that narrow windows slide and wide ones hold; times often coincide. */
  private static EntityEvent event(SplittableRandom random) {
    long timestamp = START + random.nextLong(300) * (random.nextInt(2) == 0 ? 1_000 : 997);
    String user = "u" + random.nextInt(5);
    return new EntityEvent("item", "i1", random.nextInt(3) == 0, timestamp, user, "i1");
  }

  /** State lives in serialised form between events, in lists of another class. */
  private static EntityState stored(EntityState state) throws IOException {
    return EntityState.fromByteBuffer(state.toByteBuffer());
  }
}
