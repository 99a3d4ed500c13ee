package dev.millrace.jobs;

import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.schemas.Click;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Events of one user on one item, over named instants. */
public final class Events {

  public static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  public static final String USER = "u1";
  public static final String ITEM = "i1";

  private Events() {}

  /** Milliseconds since the epoch. */
  public static long minutesAfterNoon(long minutes) {
    return NOON + Duration.ofMinutes(minutes).toMillis();
  }

  public static Impression impression(String id, long timestamp) {
    return new Impression(
        id,
        null,
        USER,
        ITEM,
        Instant.ofEpochMilli(timestamp),
        1,
        null,
        Map.of(),
        null,
        null,
        null,
        List.of());
  }

  public static Click click(String id, String impressionId, long timestamp) {
    return new Click(id, impressionId, USER, ITEM, Instant.ofEpochMilli(timestamp));
  }

  /** An impression as the label join reads it, from partition 0. */
  public static Received received(Impression impression, long offset) {
    return DeadLetters.received(
        consumed(Topic.IMPRESSIONS, impression, offset),
        impression.getImpressionId(),
        impression.getTimestamp().toEpochMilli());
  }

  /** A click as the label join reads it, from partition 0. */
  public static Received received(Click click, long offset) {
    return DeadLetters.received(
        consumed(Topic.CLICKS, click, offset),
        click.getImpressionId(),
        click.getTimestamp().toEpochMilli());
  }

  /** A record as it is read from partition 0 of its topic. */
  public static <T extends SpecificRecord> ConsumerRecord<byte[], byte[]> consumed(
      Topic<T> topic, T record, long offset) {
    return new ConsumerRecord<>(
        topic.name(),
        0,
        offset,
        topic.keyOf(record).getBytes(StandardCharsets.UTF_8),
        WireFormat.of(topic).encode(record));
  }
}
