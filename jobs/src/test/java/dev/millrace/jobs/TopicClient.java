package dev.millrace.jobs;

import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes and reads topics as a neighbour of the pipeline would, with plain Kafka clients. */
public final class TopicClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** As large as a value may be on the broker. */
  private static final int MAX_BYTES = 64 << 20;

  private final String bootstrapServers;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  TopicClient(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                MAX_BYTES,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                (long) MAX_BYTES),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  Admin admin() {
    return admin;
  }

  /** Writes records to their topic. */
  @SafeVarargs
  public final <T extends SpecificRecord> void send(Topic<T> topic, T... records) {
    WireFormat<T> format = WireFormat.of(topic);
    for (T record : records) {
      byte[] key = topic.keyOf(record).getBytes(StandardCharsets.UTF_8);
      send(new ProducerRecord<>(topic.name(), key, format.encode(record)));
    }
  }

  /** Writes a record as it is. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    sent.add(producer.send(record));
  }

  /** Waits until everything written is acknowledged. */
  public void flush() {
    producer.flush();
    try {
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("cannot write", e);
    }
    sent.clear();
  }

  /** What a read-committed reader sees of a topic now. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return read(topic, "read_committed");
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolationLevel) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            isolationLevel);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(PAUSE).forEach(records::add);
      }
      return records;
    }
  }

  /** The records that a read-committed reader sees of a topic now. */
  public <T extends SpecificRecord> List<T> read(Topic<T> topic) {
    WireFormat<T> format = WireFormat.of(topic);
    return read(topic.name()).stream()
        .map(r -> format.decode(r.value(), r.topic(), r.partition(), r.offset()))
        .toList();
  }

  /** Waits until a read-committed reader sees so many records. */
  public void await(String topic, int count) {
    await(topic, count, "read_committed");
  }

  /** Waits until so many records are written, in whatever transaction. */
  public void awaitWritten(String topic, int count) {
    await(topic, count, "read_uncommitted");
  }

  private void await(String topic, int count, String isolationLevel) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int found = read(topic, isolationLevel).size();
    while (found < count) {
      pause(deadline, "%s must hold %d records, found %d".formatted(topic, count, found));
      found = read(topic, isolationLevel).size();
    }
  }

  /** Waits until a consumer group has read topics to their end, in a checkpoint. */
  public void awaitConsumed(String group, Topic<?>... topics) {
    Set<String> names = List.of(topics).stream().map(Topic::name).collect(Collectors.toSet());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long left = unread(group, names);
    while (left > 0) {
      pause(deadline, "%s must have read %s, found %d unread".formatted(group, names, left));
      left = unread(group, names);
    }
  }

  private long unread(String group, Set<String> topics) {
    try {
      Map<TopicPartition, OffsetSpec> latest =
          admin.describeTopics(topics).allTopicNames().get().values().stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(info -> new TopicPartition(topic.name(), info.partition())))
              .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()));
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return admin.listOffsets(latest).all().get().entrySet().stream()
          .mapToLong(end -> end.getValue().offset() - offset(committed.get(end.getKey())))
          .sum();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("cannot read the offsets of " + group, e);
    }
  }

  private static long offset(OffsetAndMetadata committed) {
    return committed == null ? 0 : committed.offset();
  }

  private static void pause(long deadline, String rule) {
    if (System.nanoTime() > deadline) {
      throw new AssertionError(rule + " after " + PATIENCE);
    }
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(rule, e);
    }
  }

  /** A key or a header value as text. */
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The value of a header as text; null without it. */
  public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : text(header.value());
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
