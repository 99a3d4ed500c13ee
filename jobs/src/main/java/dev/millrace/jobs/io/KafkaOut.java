package dev.millrace.jobs.io;

import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Exactly-once sinks: records show with the checkpoint that covers them, once. */
public final class KafkaOut {

  /**
   * A dead letter is as large as the record it holds, and some are dead for their size, so its
   * producer must let pass whatever the source's topic did.
   */
  static final int MAX_REQUEST_BYTES = 64 << 20;

  private KafkaOut() {}

  /** The sink of a topic. */
  public static <T extends SpecificRecord> KafkaSink<T> topic(
      KafkaSettings kafka, Stage stage, Operator operator, Topic<T> topic) {
    return sink(kafka, stage, operator, new RecordSchema<>(topic));
  }

  /** The sink of a stage's dead letters: each goes to the dead-letter topic of its own topic. */
  public static KafkaSink<DeadLetter> deadLetters(KafkaSettings kafka, Stage stage) {
    return sink(kafka, stage, Operator.DEAD_LETTERS_SINK, new DeadLetterSchema());
  }

  private static <T> KafkaSink<T> sink(
      KafkaSettings kafka,
      Stage stage,
      Operator operator,
      KafkaRecordSerializationSchema<T> schema) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(kafka.transactionalIdPrefix(stage, operator))
        .setProperty(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Long.toString(kafka.transactionTimeout().toMillis()))
        .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST_BYTES))
        .setProperty(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(MAX_REQUEST_BYTES))
        .setRecordSerializer(schema)
        .build();
  }
}
