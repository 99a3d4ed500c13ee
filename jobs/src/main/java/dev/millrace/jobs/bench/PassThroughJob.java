package dev.millrace.jobs.bench;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.jobs.io.Intakes;
import dev.millrace.jobs.io.KafkaIn;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Operator;
import dev.millrace.jobs.io.Rules;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.Topic;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The least that the ranking job can cost: reads ranking requests, decodes and checks them as the
 * ranking job does, and writes their bytes exactly once.
 */
final class PassThroughJob {

  /** The topic it writes. */
  static final String TOPIC = "millrace.bench-pass-through.v1";

  private PassThroughJob() {}

  /** Adds the job to an environment. */
  static void wire(
      StreamExecutionEnvironment env, KafkaSettings kafka, FeatureCatalog catalog, Rules rules) {
    KafkaIn.untimed(
            kafka,
            Stage.RANKING,
            Topic.RANKING_REQUESTS,
            Intakes.rankingRequests(rules, catalog),
            new AvroTypeInfo<>(Received.class))
        .into(env, Operator.RANKING_REQUESTS_SOURCE, Operator.RANKING_REQUESTS_INTAKE)
        .sinkTo(sink(kafka))
        .name(Operator.RANKINGS_SINK.uid())
        .uid(Operator.RANKINGS_SINK.uid());
  }

  private static KafkaSink<Received> sink(KafkaSettings kafka) {
    return KafkaSink.<Received>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(kafka.namespace() + "-pass-through")
        .setProperty(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Long.toString(kafka.transactionTimeout().toMillis()))
        .setRecordSerializer(copies())
        .build();
  }

  private static KafkaRecordSerializationSchema<Received> copies() {
    return (received, context, timestamp) ->
        new ProducerRecord<>(TOPIC, received.getKey().array(), received.getValue().array());
  }
}
