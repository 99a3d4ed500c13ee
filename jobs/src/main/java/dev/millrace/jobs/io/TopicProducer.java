package dev.millrace.jobs.io;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes the records of one topic from outside Flink, as a front end does: in order, acknowledged
 * by all replicas, without repeats. Not safe for use by several threads at once.
 *
 * @param <T> the record
 */
public final class TopicProducer<T extends SpecificRecord> implements AutoCloseable {

  private final Topic<T> topic;
  private final WireFormat<T> wireFormat;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private long sent;

  public TopicProducer(KafkaSettings kafka, Topic<T> topic) {
    this.topic = topic;
    this.wireFormat = WireFormat.of(topic);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Sends a record.
   *
   * @throws IllegalStateException if an earlier one could not be written
   */
  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of the failure.
  public void send(T record) {
    requireNoFailure();
    producer.send(
        new ProducerRecord<>(
            topic.name(),
            topic.keyOf(record).getBytes(StandardCharsets.UTF_8),
            wireFormat.encode(record)),
        (metadata, exception) -> {
          if (exception != null) {
            failure.compareAndSet(null, exception);
          }
        });
    sent++;
  }

  /** Waits until all that was sent is written. */
  public void flush() {
    producer.flush();
    requireNoFailure();
  }

  private void requireNoFailure() {
    Exception cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("cannot write to " + topic.name(), cause);
    }
  }

  /** Records sent. */
  public long sent() {
    return sent;
  }

  @Override
  public void close() {
    producer.close();
  }
}
