package dev.millrace.jobs.labels;

import static dev.millrace.jobs.EmbeddedPipeline.CATALOG;
import static dev.millrace.jobs.EmbeddedPipeline.EVENT_TIME;
import static dev.millrace.jobs.EmbeddedPipeline.RULES;
import static dev.millrace.jobs.Events.NOON;
import static dev.millrace.jobs.Events.click;
import static dev.millrace.jobs.Events.impression;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.labels.Attribution;
import dev.millrace.jobs.EmbeddedPipeline;
import dev.millrace.jobs.Events;
import dev.millrace.jobs.TopicClient;
import dev.millrace.jobs.io.Reason;
import dev.millrace.jobs.io.Stage;
import dev.millrace.jobs.streaming.StreamingFeaturesJob;
import dev.millrace.schemas.Click;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The label join and the streaming features on a real broker, among input that is no good. */
final class LabelJoinJobTest {

  private static final Attribution ATTRIBUTION =
      new Attribution(Duration.ofMinutes(30), Duration.ofMinutes(5));
  private static final int IMPRESSIONS = 200;

  private static final WireFormat<Impression> IMPRESSION = WireFormat.of(Topic.IMPRESSIONS);
  private static final WireFormat<Click> CLICK = WireFormat.of(Topic.CLICKS);

  @TempDir private static Path directory;
  private static EmbeddedPipeline pipeline;

  /** A record that must die: where it is written and why it dies. */
  private static final class Bad {

    private final Topic<?> topic;
    private final byte[] value;
    private final Reason reason;
    private final String message;

    private Bad(Topic<?> topic, byte[] value, Reason reason, String message) {
      this.topic = topic;
      this.value = value;
      this.reason = reason;
      this.message = message;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    pipeline = EmbeddedPipeline.start(directory, 2);
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @Test
  void shouldLabelTheGoodAndBuryTheBad() throws Exception {
    Map<String, Bad> bad = bad();
    JobID labels = submitLabelJoin();
    JobID features = submitStreamingFeatures();
    sendAmong(bad);

    pipeline.topics().awaitConsumed("millrace-label-join", Topic.IMPRESSIONS, Topic.CLICKS);
    pipeline.topics().awaitConsumed("millrace-streaming-features", Topic.IMPRESSIONS, Topic.CLICKS);
    pipeline.cluster().stop(labels, pipeline.savepoints(), true);
    pipeline.cluster().stop(features, pipeline.savepoints(), false);

    assertEveryGoodImpressionIsLabelledOnce();
    assertEveryBadRecordIsBuriedOnce(bad);
    assertStreamingFeaturesCountedOn(bad);
  }

  private static JobID submitLabelJoin() throws Exception {
    StreamExecutionEnvironment env = pipeline.environment();
    LabelJoinJob.onKafka(pipeline.kafka(), CATALOG, ATTRIBUTION, EVENT_TIME, RULES).wire(env);
    return pipeline.cluster().submit(env, Stage.LABEL_JOIN.label());
  }

  private static JobID submitStreamingFeatures() throws Exception {
    StreamExecutionEnvironment env = pipeline.environment();
    StreamingFeaturesJob.onKafka(pipeline.kafka(), CATALOG, EVENT_TIME, RULES).wire(env);
    return pipeline.cluster().submit(env, Stage.STREAMING_FEATURES.label());
  }

  private static Map<String, Bad> bad() {
    Map<String, Bad> bad = new LinkedHashMap<>();
    byte[] sound = IMPRESSION.encode(impression("truncated", NOON));
    bad.put(
        "truncated",
        new Bad(
            Topic.IMPRESSIONS,
            Arrays.copyOf(sound, sound.length - 3),
            Reason.MALFORMED,
            "Impression of %d bytes cannot be read".formatted(sound.length - 3)));
    bad.put(
        "wrong schema",
        new Bad(
            Topic.IMPRESSIONS,
            CLICK.encode(click("c", "a", NOON)),
            Reason.MALFORMED,
            "the schema must be a committed version of Impression, found fingerprint"));
    bad.put(
        "unknown field",
        feature("no_such_field", "x", "no_such_field must be a field of catalogue"));
    bad.put("NaN", feature("price", Double.NaN, "price must be finite, found NaN"));
    bad.put("negative", timestamp(-1));
    bad.put("far future", timestamp(NOON + Duration.ofDays(365).toMillis()));
    bad.put("end of time", timestamp(Long.MAX_VALUE));
    bad.put("10 MB", size(10_000_000));
    bad.put("40 MB", size(40_000_000));
    bad.put(
        "null",
        new Bad(
            Topic.IMPRESSIONS,
            null,
            Reason.NULL_VALUE,
            "a value of millrace.impressions.v1 must not be null"));
    bad.put(
        "empty id",
        new Bad(
            Topic.IMPRESSIONS,
            IMPRESSION.encode(impression("", NOON)),
            Reason.INVALID,
            "impressionId must not be empty"));
    bad.put(
        "line breaks",
        feature("no\nsuch\r\nfield" + "x".repeat(10_000), "x", "must be a field of catalogue"));
    bad.put(
        "no click",
        new Bad(
            Topic.CLICKS,
            new byte[] {1, 2, 3},
            Reason.MALFORMED,
            "a value must have at least 10 bytes"));
    bad.put(
        "orphan",
        new Bad(
            Topic.CLICKS,
            CLICK.encode(click("c", "orphan", NOON)),
            Reason.NO_IMPRESSION,
            "found none with id orphan"));
    return bad;
  }

  private static Bad feature(String name, Object value, String message) {
    Impression impression = impression("feature", NOON);
    impression.setFeatures(Map.of(name, value));
    return new Bad(Topic.IMPRESSIONS, IMPRESSION.encode(impression), Reason.FEATURE, message);
  }

  private static Bad size(int bytes) {
    return new Bad(
        Topic.IMPRESSIONS,
        new byte[bytes],
        Reason.TOO_LARGE,
        "a value must have at most 1048576 bytes, found " + bytes);
  }

  private static Bad timestamp(long millis) {
    return new Bad(
        Topic.IMPRESSIONS,
        IMPRESSION.encode(impression("timestamp", millis)),
        Reason.TIMESTAMP,
        "timestamp must be between 0 and %d (2026-01-02T13:00:00Z), found %d"
            .formatted(NOON + Duration.ofHours(25).toMillis(), millis));
  }

  /** Good events before, between and after the bad ones; every fifth impression is clicked. */
  private static void sendAmong(Map<String, Bad> bad) {
    TopicClient topics = pipeline.topics();
    List<Map.Entry<String, Bad>> left = List.copyOf(bad.entrySet());
    for (int i = 0; i < IMPRESSIONS; i++) {
      topics.send(Topic.IMPRESSIONS, impression("a" + i, NOON + i));
      if (i % 5 == 0) {
        topics.send(Topic.CLICKS, click("c" + i, "a" + i, NOON + i + 1));
      }
      if (i % 10 == 0 && i / 10 < left.size()) {
        topics.send(record(left.get(i / 10)));
      }
    }
    topics.flush();
  }

  private static ProducerRecord<byte[], byte[]> record(Map.Entry<String, Bad> entry) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            entry.getValue().topic.name(), entry.getKey().getBytes(UTF_8), entry.getValue().value);
    record.headers().add("trace", entry.getKey().getBytes(UTF_8)).add("nothing", null);
    return record;
  }

  private static void assertEveryGoodImpressionIsLabelledOnce() {
    assertThat(pipeline.topics().read(Topic.LABELLED_IMPRESSIONS))
        .extracting(label -> label.getImpression().getImpressionId() + "=" + label.getClicks())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, IMPRESSIONS)
                .mapToObj(i -> "a" + i + "=" + (i % 5 == 0 ? 1 : 0))
                .toList());
  }

  private static void assertEveryBadRecordIsBuriedOnce(Map<String, Bad> bad) {
    TopicClient topics = pipeline.topics();
    List<ConsumerRecord<byte[], byte[]>> letters =
        new ArrayList<>(topics.read(Topic.IMPRESSIONS.deadLetterName()));
    letters.addAll(topics.read(Topic.CLICKS.deadLetterName()));

    assertThat(letters)
        .extracting(letter -> TopicClient.text(letter.key()))
        .containsExactlyInAnyOrderElementsOf(bad.keySet());
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      String name = TopicClient.text(letter.key());
      assertIsAsItWas(letter, name, bad.get(name));
      assertSaysWhy(letter, name, bad.get(name));
    }
  }

  private static void assertIsAsItWas(ConsumerRecord<byte[], byte[]> letter, String name, Bad bad) {
    assertThat(letter.topic()).as(name).isEqualTo(bad.topic.deadLetterName());
    assertThat(Arrays.equals(letter.value(), bad.value)).as("value of %s", name).isTrue();
    assertThat(TopicClient.header(letter, "trace")).as(name).isEqualTo(name);
    assertThat(letter.headers().lastHeader("nothing").value()).as(name).isNull();
  }

  private static void assertSaysWhy(ConsumerRecord<byte[], byte[]> letter, String name, Bad bad) {
    assertThat(error(letter, "topic")).as(name).isEqualTo(bad.topic.name());
    assertThat(error(letter, "stage")).as(name).isEqualTo("label-join");
    assertThat(error(letter, "class")).as(name).isEqualTo(bad.reason.name());
    assertThat(error(letter, "message")).as(name).contains(bad.message).hasLineCount(1);
    ConsumerRecord<byte[], byte[]> origin =
        pipeline.topics().read(bad.topic.name()).stream()
            .filter(
                record ->
                    Integer.toString(record.partition()).equals(error(letter, "partition"))
                        && Long.toString(record.offset()).equals(error(letter, "offset")))
            .findAny()
            .orElseThrow();
    assertThat(origin.key()).as("key at the place of %s", name).isEqualTo(letter.key());
  }

  private static String error(ConsumerRecord<byte[], byte[]> letter, String name) {
    return TopicClient.header(letter, "millrace.errors." + name);
  }

  /** Sound ids and times are enough to be counted: the values of features do not matter here. */
  private static void assertStreamingFeaturesCountedOn(Map<String, Bad> bad) {
    List<FeatureValue> item =
        pipeline.topics().read(Topic.FEATURE_VALUES).stream()
            .filter(value -> value.getKey().equals(Events.ITEM))
            .toList();
    FeatureValue last = item.get(item.size() - 1);

    long counted =
        IMPRESSIONS + bad.values().stream().filter(b -> b.reason == Reason.FEATURE).count();
    assertThat(last.getValues().get("item_impressions")).isEqualTo(counted);
    assertThat(last.getAsOf()).isEqualTo(Instant.ofEpochMilli(NOON + IMPRESSIONS - 1));
  }
}
