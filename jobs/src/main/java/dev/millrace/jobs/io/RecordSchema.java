package dev.millrace.jobs.io;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes the records of a topic. The Kafka timestamp is left to the producer: it decides retention,
 * and history that is replayed must outlive its own age.
 */
final class RecordSchema<T extends SpecificRecord> implements KafkaRecordSerializationSchema<T> {

  private static final long serialVersionUID = 1L;

  private final Topic<T> topic;
  private transient WireFormat<T> wireFormat;

  RecordSchema(Topic<T> topic) {
    this.topic = topic;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    wireFormat = WireFormat.of(topic);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T record, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic.name(),
        topic.keyOf(record).getBytes(StandardCharsets.UTF_8),
        topic.endsKey(record) ? null : wireFormat.encode(record));
  }
}
