package dev.millrace.jobs.io;

import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Writes a dead letter: key, value and headers as they were, and beside them the headers {@code
 * millrace.errors.topic}, {@code partition}, {@code offset}, {@code stage}, {@code class} and
 * {@code message}.
 */
final class DeadLetterSchema implements KafkaRecordSerializationSchema<DeadLetter> {

  private static final long serialVersionUID = 1L;

  private static final String PREFIX = "millrace.errors.";

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topic.deadLetterName(letter.getTopic()),
            bytes(letter.getKey()),
            bytes(letter.getValue()));
    Headers headers = record.headers();
    letter.getHeaders().forEach(header -> headers.add(header.getName(), bytes(header.getValue())));
    error(headers, "topic", letter.getTopic());
    error(headers, "partition", Integer.toString(letter.getPartition()));
    error(headers, "offset", Long.toString(letter.getOffset()));
    error(headers, "stage", letter.getStage());
    error(headers, "class", letter.getErrorClass());
    error(headers, "message", letter.getMessage());
    return record;
  }

  private static void error(Headers headers, String name, String value) {
    headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
