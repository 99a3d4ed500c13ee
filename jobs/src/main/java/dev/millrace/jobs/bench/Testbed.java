package dev.millrace.jobs.bench;

import dev.millrace.jobs.JobEnvironment;
import dev.millrace.jobs.JobSettings;
import dev.millrace.jobs.embedded.EmbeddedFlink;
import dev.millrace.jobs.embedded.EmbeddedKafka;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Stage;
import dev.millrace.jobs.io.TopicAdmin;
import dev.millrace.schemas.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker and a cluster on which one job runs at a time. */
final class Testbed implements AutoCloseable {

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final long WAIT_MILLIS = 50;

  private final Path directory;
  private final int parallelism;
  private final EmbeddedKafka broker;
  private final EmbeddedFlink cluster;
  private final Admin admin;

  private Testbed(
      Path directory, int parallelism, EmbeddedKafka broker, EmbeddedFlink cluster, Admin admin) {
    this.directory = directory;
    this.parallelism = parallelism;
    this.broker = broker;
    this.cluster = cluster;
    this.admin = admin;
  }

  /**
   * Starts both and creates every topic.
   *
   * @param directory for logs, checkpoints and savepoints
   */
  static Testbed start(Path directory, int parallelism) throws Exception {
    EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("kafka"));
    Admin admin = null;
    try {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) broker.bootstrapServers()));
      TopicAdmin.create(admin, parallelism, (short) 1);
      NewTopic copies = new NewTopic(PassThroughJob.TOPIC, parallelism, (short) 1);
      admin.createTopics(List.of(copies)).all().get();
      EmbeddedFlink cluster = EmbeddedFlink.start(parallelism);
      return new Testbed(directory, parallelism, broker, cluster, admin);
    } catch (Exception e) {
      if (admin != null) {
        admin.close();
      }
      broker.close();
      throw e;
    }
  }

  /** The broker for one job; jobs of another namespace read the topics from the start. */
  KafkaSettings kafka(String namespace) {
    return new KafkaSettings(
        broker.bootstrapServers(),
        namespace,
        KafkaSettings.DEFAULT_TRANSACTION_TIMEOUT,
        KafkaSettings.DEFAULT_MAX_RECORD_BYTES);
  }

  /** An environment for one job. */
  StreamExecutionEnvironment environment() {
    return JobEnvironment.of(
        new JobSettings(
            parallelism, CHECKPOINT_INTERVAL, directory.resolve("checkpoints").toUri().toString()));
  }

  EmbeddedFlink cluster() {
    return cluster;
  }

  /** Records of a topic that a job has taken, as of its last checkpoint. */
  long taken(KafkaSettings kafka, Topic<?> topic) throws Exception {
    return admin
        .listConsumerGroupOffsets(kafka.group(Stage.RANKING))
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(partition -> partition.getKey().topic().equals(topic.name()))
        .mapToLong(partition -> partition.getValue().offset())
        .sum();
  }

  /**
   * Waits for what a job does, and stops the job; all that it wrote is committed then.
   *
   * @param what is waited for
   * @return the savepoint
   */
  String stopAfter(JobID job, String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.call()) {
      JobStatus status = cluster.status(job);
      if (status.isTerminalState()) {
        throw new IllegalStateException(
            "the job must run until %s, found it %s".formatted(what, status));
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("%s must come within %s".formatted(what, TIMEOUT));
      }
      Thread.sleep(WAIT_MILLIS);
    }
    return cluster.stop(job, Files.createDirectories(directory.resolve("savepoints")), false);
  }

  @Override
  public void close() {
    try (admin;
        broker;
        cluster) {
      // Closed in reverse: no job may outlive its broker.
    }
  }
}
