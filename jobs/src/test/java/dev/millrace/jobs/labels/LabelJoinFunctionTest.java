package dev.millrace.jobs.labels;

import static dev.millrace.jobs.Events.NOON;
import static dev.millrace.jobs.Events.click;
import static dev.millrace.jobs.Events.impression;
import static dev.millrace.jobs.Events.minutesAfterNoon;
import static dev.millrace.jobs.Events.received;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.features.labels.Attribution;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.jobs.io.Reason;
import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.LabelledImpression;
import dev.millrace.schemas.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LabelJoinFunctionTest {

  private static final Attribution ATTRIBUTION =
      new Attribution(Duration.ofMinutes(30), Duration.ofMinutes(5));
  private static final long ONE_MINUTE_LATER = minutesAfterNoon(1);
  private static final long LABEL_TIME = minutesAfterNoon(35);
  private static final long FORGOTTEN = minutesAfterNoon(70);

  private KeyedTwoInputStreamOperatorTestHarness<String, Received, Received, LabelledImpression>
      harness;

  private long offset;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, Received, Received, LabelledImpression>
      harness() throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, Received, Received, LabelledImpression> harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new LabelJoinFunction(ATTRIBUTION, "catalogue-1")),
            Received::getId,
            Received::getId,
            Types.STRING);
    harness.setup(
        new AvroTypeInfo<>(LabelledImpression.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }

  private void shown(Impression impression) throws Exception {
    harness.processElement1(new StreamRecord<>(received(impression, offset++)));
  }

  private void clicked(String clickId, String impressionId, long timestamp) throws Exception {
    harness.processElement2(
        new StreamRecord<>(received(click(clickId, impressionId, timestamp), offset++)));
  }

  private void watermark(long time) throws Exception {
    harness.processBothWatermarks(new Watermark(time));
  }

  private List<LabelledImpression> labelled() {
    return harness.extractOutputValues();
  }

  private List<DeadLetter> deadLetters() {
    var letters = harness.getSideOutput(DeadLetters.TAG);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  private void assertNothingIsRemembered() {
    assertThat(harness.numKeyedStateEntries()).as("keyed state entries").isZero();
    assertThat(harness.numEventTimeTimers()).as("timers").isZero();
  }

  @Test
  void shouldLabelTheImpressionAsItWasLogged() throws Exception {
    Impression impression = impression("a", NOON);
    shown(impression);
    clicked("c1", "a", ONE_MINUTE_LATER);
    watermark(LABEL_TIME);

    assertThat(labelled())
        .containsExactly(
            new LabelledImpression(
                impression,
                true,
                1,
                Instant.ofEpochMilli(ONE_MINUTE_LATER),
                Duration.ofMinutes(30).toMillis(),
                "catalogue-1"));
  }

  @Test
  void shouldKeepTheFingerprintThatTheFeaturesWereLoggedUnder() throws Exception {
    Impression impression = impression("a", NOON);
    impression.setCatalogFingerprint("catalogue-0");
    shown(impression);
    watermark(LABEL_TIME);

    assertThat(labelled())
        .singleElement()
        .extracting(LabelledImpression::getCatalogFingerprint)
        .isEqualTo("catalogue-0");
  }

  @Test
  void shouldEmitEveryImpressionOnceAndForgetIt() throws Exception {
    shown(impression("a", NOON));
    clicked("c1", "b", NOON);
    shown(impression("b", NOON));
    shown(impression("b", NOON));
    clicked("c2", "b", ONE_MINUTE_LATER);
    shown(impression("c", ONE_MINUTE_LATER));
    clicked("c3", "c", ONE_MINUTE_LATER);
    clicked("c3", "c", ONE_MINUTE_LATER);
    watermark(LABEL_TIME);
    shown(impression("a", LABEL_TIME));
    watermark(FORGOTTEN + ONE_MINUTE_LATER - NOON);

    assertThat(labelled())
        .extracting(label -> label.getImpression().getImpressionId() + "=" + label.getClicks())
        .containsExactlyInAnyOrder("a=0", "b=2", "c=1");
    assertThat(deadLetters()).isEmpty();
    assertNothingIsRemembered();
  }

  @Test
  void shouldGiveUpAClickWithoutAnImpressionAsADeadLetter() throws Exception {
    clicked("c1", "orphan", NOON);
    Received click = received(click("c1", "orphan", NOON), 0);
    watermark(LABEL_TIME);

    assertThat(deadLetters())
        .containsExactly(
            new DeadLetter(
                "millrace.clicks.v1",
                0,
                0L,
                click.getKey(),
                click.getValue(),
                List.of(),
                "label-join",
                "NO_IMPRESSION",
                "a click must have an impression within PT35M, found none with id orphan"));
    assertNothingIsRemembered();
  }

  @Test
  void shouldRefuseAClickAfterTheWindow() throws Exception {
    shown(impression("a", NOON));
    clicked("c1", "a", minutesAfterNoon(31));
    watermark(LABEL_TIME);
    clicked("c2", "a", minutesAfterNoon(32));
    watermark(FORGOTTEN);

    assertThat(deadLetters())
        .extracting(DeadLetter::getErrorClass, DeadLetter::getMessage)
        .containsExactly(
            outsideWindow("2026-01-01T12:31:00Z"), outsideWindow("2026-01-01T12:32:00Z"));
    assertThat(labelled()).singleElement().matches(label -> !label.getClicked());
    assertNothingIsRemembered();
  }

  private static Tuple outsideWindow(String found) {
    return tuple(
        Reason.OUTSIDE_WINDOW.name(),
        "a click must be at most PT30M after its impression, found " + found);
  }

  @Test
  void shouldRefuseWhatIsLaterThanAllowed() throws Exception {
    watermark(minutesAfterNoon(6));
    shown(impression("a", NOON));
    clicked("c1", "a", NOON);
    watermark(Watermark.MAX_WATERMARK.getTimestamp());

    assertThat(labelled()).isEmpty();
    assertThat(deadLetters())
        .extracting(DeadLetter::getTopic, DeadLetter::getErrorClass)
        .containsExactly(
            tuple("millrace.impressions.v1", Reason.LATE.name()),
            tuple("millrace.clicks.v1", Reason.LATE.name()));
    assertThat(deadLetters().get(0).getMessage())
        .isEqualTo(
            "timestamp must be at most PT5M behind the watermark 2026-01-01T12:06:00Z,"
                + " found 2026-01-01T12:00:00Z");
    assertNothingIsRemembered();
  }

  @Test
  void shouldHoldLabelsBackUntilBothTopicsHavePassed() throws Exception {
    shown(impression("a", NOON));
    harness.processWatermark1(new Watermark(LABEL_TIME));
    assertThat(labelled()).isEmpty();

    clicked("c1", "a", ONE_MINUTE_LATER);
    harness.processWatermark2(new Watermark(LABEL_TIME));

    assertThat(labelled()).singleElement().matches(LabelledImpression::getClicked);
  }

  @Test
  void shouldGoOnFromASnapshot() throws Exception {
    restart(null);
    shown(impression("a", NOON));
    clicked("c1", "a", ONE_MINUTE_LATER);
    clicked("c2", "b", ONE_MINUTE_LATER);
    clicked("c3", "orphan", NOON);
    clicked("c4", "orphan", ONE_MINUTE_LATER);
    restart(harness.snapshot(1, 1));
    clicked("c1", "a", ONE_MINUTE_LATER);
    shown(impression("b", ONE_MINUTE_LATER));
    watermark(LABEL_TIME);
    restart(harness.snapshot(2, 2));
    watermark(Watermark.MAX_WATERMARK.getTimestamp());

    assertThat(harness.numEventTimeTimers()).isZero();
    assertThat(labelled())
        .extracting(label -> label.getImpression().getImpressionId() + "=" + label.getClicks())
        .containsExactly("b=1");
    assertThat(deadLetters()).extracting(DeadLetter::getOffset).containsExactly(4L);
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
