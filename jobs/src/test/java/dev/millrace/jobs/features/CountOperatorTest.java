package dev.millrace.jobs.features;

import static dev.millrace.jobs.Events.NOON;
import static dev.millrace.jobs.Events.minutesAfterNoon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.quality.AlarmThresholds;
import dev.millrace.features.quality.Windows;
import dev.millrace.jobs.Events;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.DiscreteImpression;
import dev.millrace.schemas.FieldCount;
import dev.millrace.schemas.LifeCount;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows of an hour, open for five minutes longer. */
final class CountOperatorTest {

  private static final int MAX_COUNTS = 5;
  private static final long ONE = minutesAfterNoon(60);
  private static final long CLOSED = minutesAfterNoon(65);

  private OneInputStreamOperatorTestHarness<DiscreteImpression, FieldCount> harness;
  private int next;

  @BeforeEach
  void open() throws Exception {
    harness = harness("catalogue-1");
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static OneInputStreamOperatorTestHarness<DiscreteImpression, FieldCount> harness(
      String catalog) throws Exception {
    FeatureRankingSettings settings =
        new FeatureRankingSettings(
            new Windows(Duration.ofHours(1), Duration.ofMinutes(5)),
            Duration.ofHours(1),
            MAX_COUNTS,
            Duration.ofSeconds(1),
            AlarmThresholds.DEFAULT);
    OneInputStreamOperatorTestHarness<DiscreteImpression, FieldCount> harness =
        new OneInputStreamOperatorTestHarness<>(new CountOperator(settings, 1, catalog));
    harness.setup(
        new AvroTypeInfo<>(FieldCount.class).createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private void shown(String value, long timestamp) throws Exception {
    String id = "impression-" + next++;
    harness.processElement(
        new StreamRecord<>(
            new DiscreteImpression(
                Events.received(Events.impression(id, timestamp), next),
                false,
                Arrays.asList(value))));
  }

  private void watermark(long time) throws Exception {
    harness.processWatermark(new Watermark(time));
  }

  private long rowsSent() {
    return harness.extractOutputValues().stream()
        .flatMap(count -> count.getCounts().stream())
        .mapToLong(LifeCount::getNotClicked)
        .sum();
  }

  private List<DeadLetter> deadLetters() {
    var letters = harness.getSideOutput(DeadLetters.TAG);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  @Test
  void shouldCountEqualValuesTogether() throws Exception {
    for (int i = 0; i < 4; i++) {
      shown("a", NOON);
    }
    assertThat(harness.extractOutputValues()).isEmpty();

    harness.prepareSnapshotPreBarrier(1);

    assertThat(harness.extractOutputValues()).hasSize(1);
    assertThat(rowsSent()).isEqualTo(4);
  }

  @Test
  void shouldHoldNoMoreCountsThanItMay() throws Exception {
    for (int i = 0; i < MAX_COUNTS; i++) {
      shown("value-" + i, NOON);
    }
    assertThat(rowsSent()).isEqualTo(MAX_COUNTS);
  }

  @Test
  void shouldSendCountsAfterTheLinger() throws Exception {
    harness.setProcessingTime(0);
    shown("a", NOON);
    harness.setProcessingTime(999);
    assertThat(rowsSent()).isZero();

    harness.setProcessingTime(1000);

    assertThat(rowsSent()).isEqualTo(1);
  }

  @Test
  void shouldSendCountsAheadOfTheEndOfTheirWindow() throws Exception {
    shown("a", NOON);
    watermark(ONE - 2);
    assertThat(rowsSent()).isZero();
    watermark(ONE - 1);
    assertThat(rowsSent()).isEqualTo(1);

    shown("a", NOON);
    watermark(CLOSED - 1);
    assertThat(rowsSent()).isEqualTo(1);
    watermark(CLOSED);
    assertThat(rowsSent()).isEqualTo(2);
    assertThat(harness.getOutput()).last().isEqualTo(new Watermark(CLOSED));
  }

  @Test
  void shouldRefuseWhatComesAfterItsWindowIsClosed() throws Exception {
    watermark(CLOSED);
    shown("a", NOON);
    shown("a", ONE);
    harness.prepareSnapshotPreBarrier(1);

    assertThat(rowsSent()).isEqualTo(1);
    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.getErrorClass()).isEqualTo("LATE");
              assertThat(letter.getStage()).isEqualTo("feature-ranking");
              assertThat(letter.getMessage())
                  .isEqualTo(
                      "timestamp must be in a window that ended at most PT5M before the watermark"
                          + " 2026-01-01T13:05:00Z, found 2026-01-01T12:00:00Z");
            });
  }

  @Test
  void shouldRefuseAfterARestartWhatItRefusedBefore() throws Exception {
    watermark(CLOSED);
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    harness.close();
    harness = harness("catalogue-1");
    harness.initializeState(snapshot);
    harness.open();

    shown("a", NOON);

    assertThat(deadLetters()).hasSize(1);
  }

  /** A task that was behind had not closed the window for the job. */
  @Test
  void shouldTakeAfterARestartWhatAnotherTaskHadStillTaken() throws Exception {
    watermark(CLOSED);
    OperatorSubtaskState ahead = harness.snapshot(1, 1);
    harness.close();
    open();
    watermark(CLOSED - 1);
    OperatorSubtaskState behind = harness.snapshot(1, 1);
    harness.close();
    harness = harness("catalogue-1");
    harness.initializeState(AbstractStreamOperatorTestHarness.repackageState(ahead, behind));
    harness.open();

    shown("a", NOON);

    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void shouldRefuseTheStateOfAnotherCatalogue() throws Exception {
    OperatorSubtaskState snapshot = harness.snapshot(1, 1);
    var other = harness("catalogue-2");

    assertThatThrownBy(() -> other.initializeState(snapshot))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "feature-ranking must go on with the window PT1H, catalogue catalogue-1 of its state,"
                + " found window PT1H, catalogue catalogue-2");
  }
}
