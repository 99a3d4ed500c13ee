package dev.millrace.jobs.streaming;

import static dev.millrace.jobs.Events.NOON;
import static dev.millrace.jobs.Events.minutesAfterNoon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.jobs.Events;
import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StreamingFeaturesFunctionTest {

  private static final FeatureCatalog CATALOG =
      FeatureCatalog.parse(
          """
          name: shop
          embedding: {kind: unified, buckets: 64, dim: 4}
          fields:
            - {name: item, kind: categorical, from: item-id}
          streaming:
            - {name: shown, kind: counter, entity: item, event: impression, window: 10m, buckets: 10}
            - {name: ctr, kind: rate, entity: item, window: 20m, buckets: 20, prior: {clicks: 1, impressions: 4}}
            - {name: liked, kind: history, entity: user, event: click, size: 2, retention: 30m}
          """,
          "shop.yaml");

  private static final long ONE_MINUTE_LATER = minutesAfterNoon(1);

  private KeyedOneInputStreamOperatorTestHarness<String, EntityEvent, FeatureValue> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, EntityEvent, FeatureValue> harness()
      throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, EntityEvent, FeatureValue> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new StreamingFeaturesFunction(CATALOG)),
            event -> Topic.entityKey(event.getEntity(), event.getKey()),
            Types.STRING);
    harness.setup(
        new AvroTypeInfo<>(FeatureValue.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }

  private void itemEvent(boolean click, long timestamp) throws Exception {
    process(new EntityEvent("item", "i:1", click, timestamp, Events.USER, "i:1"));
  }

  private void userClick(String itemId, long timestamp) throws Exception {
    process(new EntityEvent("user", Events.USER, true, timestamp, Events.USER, itemId));
  }

  private void process(EntityEvent event) throws Exception {
    harness.processElement(new StreamRecord<>(event));
  }

  private void watermark(long time) throws Exception {
    harness.processWatermark(new Watermark(time));
  }

  /** What came out since the last call. */
  private List<FeatureValue> values() {
    List<FeatureValue> values = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return values;
  }

  private static FeatureValue item(long asOf, long shown, double ctr) {
    return value("item", "i:1", asOf, Map.of("shown", shown, "ctr", ctr));
  }

  private static FeatureValue user(long asOf, String... liked) {
    return value("user", Events.USER, asOf, Map.of("liked", List.of(liked)));
  }

  private static FeatureValue value(
      String entity, String key, long asOf, Map<String, Object> values) {
    return new FeatureValue(entity, key, Instant.ofEpochMilli(asOf), values, CATALOG.fingerprint());
  }

  private void assertNothingIsRemembered() {
    assertThat(harness.numKeyedStateEntries()).as("keyed state entries").isZero();
    assertThat(harness.numEventTimeTimers()).as("timers").isZero();
  }

  @Test
  void shouldTellTheValuesAfterEachEvent() throws Exception {
    itemEvent(false, NOON);
    itemEvent(false, ONE_MINUTE_LATER);
    itemEvent(true, ONE_MINUTE_LATER);

    assertThat(values())
        .containsExactly(
            item(NOON, 1, 1 / 5.0),
            item(ONE_MINUTE_LATER, 2, 1 / 6.0),
            item(ONE_MINUTE_LATER, 2, 2 / 6.0));
  }

  @Test
  void shouldCountAnEventThatIsOutOfOrderWithoutGoingBackInTime() throws Exception {
    itemEvent(false, ONE_MINUTE_LATER);
    itemEvent(false, NOON);

    assertThat(values())
        .containsExactly(item(ONE_MINUTE_LATER, 1, 1 / 5.0), item(ONE_MINUTE_LATER, 2, 1 / 6.0));
  }

  @Test
  void shouldKeepTheNewestPartners() throws Exception {
    userClick("a", NOON);
    userClick("c", minutesAfterNoon(2));
    userClick("b", ONE_MINUTE_LATER);

    assertThat(values())
        .containsExactly(
            user(NOON, "a"),
            user(minutesAfterNoon(2), "c", "a"),
            user(minutesAfterNoon(2), "c", "b"));
  }

  @Test
  void shouldTellWhenAnEventLeavesAWindow() throws Exception {
    itemEvent(false, NOON);
    itemEvent(false, ONE_MINUTE_LATER);
    values();

    watermark(minutesAfterNoon(10) - 1);
    assertThat(values()).isEmpty();
    watermark(minutesAfterNoon(11));

    assertThat(values())
        .containsExactly(
            item(minutesAfterNoon(10), 1, 1 / 6.0), item(minutesAfterNoon(11), 0, 1 / 6.0));
  }

  @Test
  void shouldEndAKeyWhoseEventsAreAllGone() throws Exception {
    itemEvent(false, NOON);
    userClick("a", NOON);
    values();

    watermark(minutesAfterNoon(20));
    assertThat(values())
        .containsExactly(
            item(minutesAfterNoon(10), 0, 1 / 5.0),
            value("item", "i:1", minutesAfterNoon(20), Map.of()));
    watermark(minutesAfterNoon(30));

    assertThat(values())
        .containsExactly(value("user", Events.USER, minutesAfterNoon(30), Map.of()));
    assertNothingIsRemembered();
  }

  @Test
  void shouldStartAgainAfterTheEndOfAKey() throws Exception {
    userClick("a", NOON);
    watermark(minutesAfterNoon(31));
    values();

    userClick("b", minutesAfterNoon(32));
    assertThat(values()).containsExactly(user(minutesAfterNoon(32), "b"));
    watermark(Watermark.MAX_WATERMARK.getTimestamp());

    assertNothingIsRemembered();
  }

  @Test
  void shouldForgetEventsThatArriveAfterTheirWindow() throws Exception {
    userClick("b", minutesAfterNoon(60));
    values();
    userClick("a", NOON);
    assertThat(values()).isEmpty();
    watermark(minutesAfterNoon(60));
    userClick("c", minutesAfterNoon(29));
    watermark(Watermark.MAX_WATERMARK.getTimestamp());

    assertNothingIsRemembered();
  }

  @Test
  void shouldHoldOneTimerForEachEntity() throws Exception {
    for (int minute = 5; minute >= 0; minute--) {
      itemEvent(false, minutesAfterNoon(minute));
      itemEvent(true, minutesAfterNoon(minute));
    }
    userClick("a", NOON);

    assertThat(harness.numEventTimeTimers()).isEqualTo(2);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
  }

  @Test
  void shouldGoOnFromASnapshot() throws Exception {
    restart(null);
    itemEvent(false, NOON);
    userClick("a", NOON);
    restart(harness.snapshot(1, 1));
    itemEvent(false, ONE_MINUTE_LATER);
    userClick("b", ONE_MINUTE_LATER);
    assertThat(values())
        .containsExactly(item(ONE_MINUTE_LATER, 2, 1 / 6.0), user(ONE_MINUTE_LATER, "b", "a"));
    restart(harness.snapshot(2, 2));
    watermark(minutesAfterNoon(10));

    assertThat(values()).containsExactly(item(minutesAfterNoon(10), 1, 1 / 6.0));
    watermark(Watermark.MAX_WATERMARK.getTimestamp());
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  /** With the store of production, which keeps state as bytes. */
  private void restart(OperatorSubtaskState snapshot) throws Exception {
    harness.close();
    harness = harness();
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
  }
}
