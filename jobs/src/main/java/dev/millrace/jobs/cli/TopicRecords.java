package dev.millrace.jobs.cli;

import dev.millrace.schemas.Topic;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a topic holds when it is opened: committed records, from the earliest to the end that each
 * partition had then, or between bounds. The partitions are read one after the other, so that the
 * same topic gives the same records in the same order.
 */
final class TopicRecords implements Closeable {
  private static final Duration POLL = Duration.ofMillis(200);

  /** How long a partition that has more may give nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Map<TopicPartition, Long> begins = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Queue<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

  /** Index of the partition that is read; -1 before the first. */
  private int current = -1;

  private long position;

  /**
   * Asks for the ends of the partitions.
   *
   * @param bounds of which the offsets count; beyond what a partition holds they are its ends
   * @throws IOException if the broker cannot be reached or has no such topic
   */
  TopicRecords(String bootstrapServers, Topic<?> topic, TopicBounds bounds) throws IOException {
    this.topic = topic.name();
    this.consumer = consumer(bootstrapServers);
    try {
      partitions =
          consumer.partitionsFor(this.topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .sorted(Comparator.comparingInt(TopicPartition::partition))
              .toList();
      if (partitions.isEmpty()) {
        throw new IOException(topic + " must be a topic of " + bootstrapServers + ", found none");
      }
      Map<TopicPartition, Long> earliest = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> latest = consumer.endOffsets(partitions);
      for (TopicPartition partition : partitions) {
        long first = earliest.get(partition);
        long last = latest.get(partition);
        long begin = bounds.fromOffsets().getOrDefault(partition.partition(), first);
        long end = bounds.toOffsets().getOrDefault(partition.partition(), last);
        begins.put(partition, Math.min(last, Math.max(first, begin)));
        ends.put(partition, Math.min(last, Math.max(begins.get(partition), end)));
      }
    } catch (IOException | KafkaException e) {
      consumer.close();
      throw new IOException("cannot read " + topic + ": " + e.getMessage(), e);
    }
  }

  /** First offset read by partition. */
  Map<Integer, Long> begins() {
    return byPartition(begins);
  }

  /** Offset by partition at which reading ends. */
  Map<Integer, Long> ends() {
    return byPartition(ends);
  }

  private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> byPartition = new TreeMap<>();
    offsets.forEach((partition, offset) -> byPartition.put(partition.partition(), offset));
    return byPartition;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers)
      throws IOException {
    try {
      return new KafkaConsumer<>(
          Map.of(
              ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
              bootstrapServers,
              ConsumerConfig.ISOLATION_LEVEL_CONFIG,
              "read_committed",
              ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
              "earliest"),
          new ByteArrayDeserializer(),
          new ByteArrayDeserializer());
    } catch (KafkaException e) {
      throw new IOException("cannot reach " + bootstrapServers + ": " + e.getMessage(), e);
    }
  }

  /**
   * The next record; null at the end.
   *
   * @throws IOException if the broker fails or gives nothing for a minute
   */
  ConsumerRecord<byte[], byte[]> next() throws IOException {
    try {
      while (fetched.isEmpty()) {
        if (current >= 0 && position < ends.get(partitions.get(current))) {
          fetch(partitions.get(current));
        } else if (current + 1 < partitions.size()) {
          current++;
          consumer.assign(List.of(partitions.get(current)));
          consumer.seek(partitions.get(current), begins.get(partitions.get(current)));
          position = begins.get(partitions.get(current));
        } else {
          return null;
        }
      }
      return fetched.remove();
    } catch (KafkaException e) {
      throw new IOException("cannot read " + topic + ": " + e.getMessage(), e);
    }
  }

  /** Waits for records, or for the position to pass those that were not committed. */
  private void fetch(TopicPartition partition) throws IOException {
    long before = position;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (position == before) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "%s must go on within %s, found nothing after offset %d"
                .formatted(partition, PATIENCE, position));
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(partition)) {
          fetched.add(record);
        }
      }
      position = consumer.position(partition);
    }
  }

  /** How many of the offsets have been passed, in [0,1]. */
  double progress() {
    long all = 0;
    long passed = 0;
    for (int i = 0; i < partitions.size(); i++) {
      long begin = begins.get(partitions.get(i));
      long end = ends.get(partitions.get(i));
      all += end - begin;
      if (i < current) {
        passed += end - begin;
      } else if (i == current) {
        passed += Math.min(position, end) - begin;
      }
    }
    return all == 0 ? 1 : (double) passed / all;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
