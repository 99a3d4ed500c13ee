package dev.millrace.jobs.io;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How the jobs reach Kafka.
 *
 * @param bootstrapServers {@code host:port,...}
 * @param namespace prefix of consumer groups and transactional ids; two deployments on one cluster
 *     need two
 * @param transactionTimeout how long a transaction stays open without its job; longer than any
 *     outage that must lose nothing, at most the broker's {@code transaction.max.timeout.ms}
 * @param maxRecordBytes larger values become dead letters
 */
public record KafkaSettings(
    String bootstrapServers, String namespace, Duration transactionTimeout, int maxRecordBytes)
    implements Serializable {

  public static final String DEFAULT_NAMESPACE = "millrace";
  public static final Duration DEFAULT_TRANSACTION_TIMEOUT = Duration.ofMinutes(15);
  public static final int DEFAULT_MAX_RECORD_BYTES = 1 << 20;

  public KafkaSettings {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    Objects.requireNonNull(namespace, "namespace");
    if (transactionTimeout.toMillis() < 1000) {
      throw new IllegalArgumentException(
          "transaction-timeout must be >= 1 s, found " + transactionTimeout.toMillis() + " ms");
    }
    if (maxRecordBytes < 1) {
      throw new IllegalArgumentException("max-record-bytes must be >= 1, found " + maxRecordBytes);
    }
  }

  /** Settings with every default. */
  public static KafkaSettings of(String bootstrapServers) {
    return new KafkaSettings(
        bootstrapServers, DEFAULT_NAMESPACE, DEFAULT_TRANSACTION_TIMEOUT, DEFAULT_MAX_RECORD_BYTES);
  }

  /** The consumer group of a stage. */
  public String group(Stage stage) {
    return namespace + "-" + stage.label();
  }

  /** The transactional id prefix of a sink; no two sinks share one. */
  String transactionalIdPrefix(Stage stage, Operator sink) {
    return group(stage) + "-" + sink.uid();
  }
}
