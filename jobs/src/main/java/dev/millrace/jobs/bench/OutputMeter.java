package dev.millrace.jobs.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Measures what a job adds to a topic, as a reader of committed records sees it. While the job runs
 * it only asks how far the topic has come; reading all of it would take time off the job.
 */
final class OutputMeter implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> start;
  private CpuClock cpu = new CpuClock();
  private long committedBeforeCpu;
  private double cpuSecondsPerRecord;

  /** A meter of what comes after what is there now. */
  OutputMeter(String bootstrapServers, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    start = consumer.endOffsets(partitions);
  }

  /**
   * Whether so many records are committed; the marker that ends a transaction counts as a record of
   * each partition. The CPU time of a request is that from the first look at which there is
   * something until this is so: the start of a job is no part of it.
   */
  boolean reached(long records) {
    long now =
        consumer.endOffsets(partitions).entrySet().stream()
            .mapToLong(end -> end.getValue() - start.get(end.getKey()))
            .sum();
    if (now >= records) {
      cpuSecondsPerRecord = cpu.seconds() / (now - committedBeforeCpu);
      return true;
    }
    if (now > 0 && committedBeforeCpu == 0) {
      cpu = new CpuClock();
      committedBeforeCpu = now;
    }
    return false;
  }

  /**
   * Reads what was committed; to be called once the records are {@link #reached}.
   *
   * @param each sees every record
   * @return the rate between the first and the last record, by the times at which they were written
   */
  Measurement measure(Consumer<ConsumerRecord<byte[], byte[]>> each) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    start.forEach(consumer::seek);
    long count = 0;
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        each.accept(record);
        count++;
        first = Math.min(first, record.timestamp());
        last = Math.max(last, record.timestamp());
      }
    }
    if (last <= first) {
      throw new IllegalStateException(
          "a run must write for more than a millisecond, found %d records".formatted(count));
    }
    return new Measurement((count - 1) / ((last - first) / 1e3), cpuSecondsPerRecord);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
