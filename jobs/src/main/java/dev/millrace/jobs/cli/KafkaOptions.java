package dev.millrace.jobs.cli;

import dev.millrace.jobs.io.KafkaSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a command reaches Kafka. */
final class KafkaOptions {

  @Option(
      names = "--bootstrap-servers",
      required = true,
      paramLabel = "HOST:PORT,...",
      description = "Brokers to start from.")
  private String bootstrapServers;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Prefix of consumer groups and transactional ids (default: ${DEFAULT-VALUE}).")
  private String namespace = KafkaSettings.DEFAULT_NAMESPACE;

  @Option(
      names = "--transaction-timeout",
      paramLabel = "PT15M",
      description =
          "How long a transaction outlives its job; at most the broker's"
              + " transaction.max.timeout.ms (default: ${DEFAULT-VALUE}).")
  private Duration transactionTimeout = KafkaSettings.DEFAULT_TRANSACTION_TIMEOUT;

  @Option(
      names = "--max-record-bytes",
      paramLabel = "BYTES",
      description = "Larger values become dead letters (default: ${DEFAULT-VALUE}).")
  private int maxRecordBytes = KafkaSettings.DEFAULT_MAX_RECORD_BYTES;

  KafkaSettings settings() {
    return new KafkaSettings(bootstrapServers, namespace, transactionTimeout, maxRecordBytes);
  }
}
