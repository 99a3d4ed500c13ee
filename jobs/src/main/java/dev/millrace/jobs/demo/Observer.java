package dev.millrace.jobs.demo;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Watches every topic from the start as an outsider sees it, committed records only: counts them
 * and shows some to listeners, all on one thread of its own.
 */
final class Observer implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();
  private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> listeners = new HashMap<>();
  private final Map<TopicPartition, Progress> progress = new ConcurrentHashMap<>();
  private final DeadLetterTally deadLetters = new DeadLetterTally();
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "observer");
  private volatile boolean open = true;

  Observer(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Shows the records of a topic to a listener; to be called before the start. */
  <T extends SpecificRecord> void on(Topic<T> topic, Consumer<T> listener) {
    WireFormat<T> wireFormat = WireFormat.of(topic);
    listeners.put(
        topic.name(),
        record ->
            listener.accept(
                wireFormat.decode(
                    record.value(), record.topic(), record.partition(), record.offset())));
  }

  /** Starts to watch the topics that exist now. */
  void start() {
    for (Topic<?> topic : Topic.all()) {
      addPartitions(topic.name());
      addPartitions(topic.deadLetterName());
      listeners.put(topic.deadLetterName(), deadLetters::add);
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.setDaemon(true);
    thread.start();
  }

  private void addPartitions(String topic) {
    for (PartitionInfo partition : consumer.partitionsFor(topic)) {
      TopicPartition key = new TopicPartition(topic, partition.partition());
      partitions.add(key);
      progress.put(key, Progress.NONE);
    }
  }

  private void run() {
    try (consumer) {
      while (open) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (TopicPartition partition : records.partitions()) {
          observe(partition, records.records(partition));
        }
      }
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private void observe(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    Consumer<ConsumerRecord<byte[], byte[]>> listener = listeners.get(partition.topic());
    if (listener != null) {
      records.forEach(listener);
    }
    long last = records.get(records.size() - 1).offset();
    progress.computeIfPresent(
        partition, (key, before) -> new Progress(before.count() + records.size(), last));
  }

  /**
   * Fails if watching has failed.
   *
   * @throws IllegalStateException with the reason
   */
  void requireHealthy() {
    RuntimeException cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("topics can no longer be watched", cause);
    }
  }

  /** Records of a topic seen so far. */
  long count(String topic) {
    return progress.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .mapToLong(entry -> entry.getValue().count())
        .sum();
  }

  /** The dead letters seen so far, by reason. */
  List<DeadLetterTally.Reason> deadLetters() {
    return deadLetters.reasons();
  }

  /** For each partition of a topic, the offset after the last record seen. */
  Map<TopicPartition, Long> ends(String topic) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    progress.forEach(
        (partition, seen) -> {
          if (partition.topic().equals(topic)) {
            ends.put(partition, seen.last() + 1);
          }
        });
    return ends;
  }

  @Override
  public void close() {
    open = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What was seen of a partition.
   *
   * @param last offset of the last record
   */
  private record Progress(long count, long last) {
    static final Progress NONE = new Progress(0, -1);
  }
}
