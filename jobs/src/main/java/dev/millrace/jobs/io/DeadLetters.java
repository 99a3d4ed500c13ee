package dev.millrace.jobs.io;

import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.Header;
import dev.millrace.schemas.Received;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Dead letters: records that could not be used, as they were, and why. */
public final class DeadLetters {

  /** The side output of every operator that refuses records. */
  public static final OutputTag<DeadLetter> TAG =
      new OutputTag<>("dead-letters", new AvroTypeInfo<>(DeadLetter.class));

  private static final int MAX_MESSAGE_CHARS = 500;
  private static final Pattern LINE_BREAKS = Pattern.compile("\\R");

  private DeadLetters() {}

  static DeadLetter of(
      ConsumerRecord<byte[], byte[]> origin, Stage stage, Reason reason, String message) {
    return new DeadLetter(
        origin.topic(),
        origin.partition(),
        origin.offset(),
        wrap(origin.key()),
        wrap(origin.value()),
        headers(origin),
        stage.label(),
        reason.name(),
        line(message));
  }

  /** The dead letter of a record that was sound but cannot be used. */
  public static DeadLetter of(Received received, Stage stage, Reason reason, String message) {
    return new DeadLetter(
        received.getTopic(),
        received.getPartition(),
        received.getOffset(),
        received.getKey(),
        received.getValue(),
        received.getHeaders(),
        stage.label(),
        reason.name(),
        line(message));
  }

  /** A record that was read and found sound, with its bytes as they came in. */
  public static Received received(
      ConsumerRecord<byte[], byte[]> origin, String id, long timestampMillis) {
    return new Received(
        origin.topic(),
        origin.partition(),
        origin.offset(),
        id,
        timestampMillis,
        wrap(origin.key()),
        wrap(origin.value()),
        headers(origin));
  }

  /** The dead letters of several operators. */
  public static DataStream<DeadLetter> of(
      SingleOutputStreamOperator<?> first, SingleOutputStreamOperator<?>... others) {
    DataStream<DeadLetter> letters = first.getSideOutput(TAG);
    for (SingleOutputStreamOperator<?> other : others) {
      letters = letters.union(other.getSideOutput(TAG));
    }
    return letters;
  }

  /** Messages quote what was found, which may be of any length and hold line breaks. */
  private static String line(String message) {
    String excerpt =
        message.length() <= MAX_MESSAGE_CHARS
            ? message
            : message.substring(0, MAX_MESSAGE_CHARS) + "...";
    return LINE_BREAKS.matcher(excerpt).replaceAll(" ");
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static List<Header> headers(ConsumerRecord<byte[], byte[]> origin) {
    List<Header> headers = new ArrayList<>();
    origin.headers().forEach(header -> headers.add(new Header(header.key(), wrap(header.value()))));
    return headers;
  }
}
