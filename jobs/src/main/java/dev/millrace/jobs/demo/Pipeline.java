package dev.millrace.jobs.demo;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.labels.Attribution;
import dev.millrace.jobs.JobEnvironment;
import dev.millrace.jobs.JobSettings;
import dev.millrace.jobs.embedded.EmbeddedFlink;
import dev.millrace.jobs.embedded.EmbeddedKafka;
import dev.millrace.jobs.features.FeatureRankingJob;
import dev.millrace.jobs.features.FeatureRankingSettings;
import dev.millrace.jobs.io.EventTimeSettings;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Rules;
import dev.millrace.jobs.io.Stage;
import dev.millrace.jobs.io.TopicAdmin;
import dev.millrace.jobs.labels.LabelJoinJob;
import dev.millrace.jobs.ranking.RankingJob;
import dev.millrace.jobs.ranking.RankingSettings;
import dev.millrace.jobs.streaming.StreamingFeaturesJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;

/** The whole pipeline on one machine: a broker, a Flink cluster and every job on it. */
final class Pipeline implements AutoCloseable {

  private final Path directory;
  private final EmbeddedKafka broker;
  private final EmbeddedFlink cluster;
  private final Admin admin;
  private final KafkaSettings kafka;
  private final Map<Stage, JobID> jobs = new EnumMap<>(Stage.class);

  private Pipeline(
      Path directory,
      EmbeddedKafka broker,
      EmbeddedFlink cluster,
      Admin admin,
      KafkaSettings kafka) {
    this.directory = directory;
    this.broker = broker;
    this.cluster = cluster;
    this.admin = admin;
    this.kafka = kafka;
  }

  /**
   * Starts the broker with its topics and the cluster, not yet the jobs.
   *
   * @param directory for logs, checkpoints and savepoints
   */
  static Pipeline start(Path directory, int parallelism) throws Exception {
    EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("kafka"));
    EmbeddedFlink cluster = null;
    Admin admin = null;
    try {
      KafkaSettings kafka = KafkaSettings.of(broker.bootstrapServers());
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) kafka.bootstrapServers()));
      TopicAdmin.create(admin, parallelism, (short) 1);
      cluster = EmbeddedFlink.start(Stage.values().length * parallelism);
      return new Pipeline(directory, broker, cluster, admin, kafka);
    } catch (Exception e) {
      if (admin != null) {
        admin.close();
      }
      broker.close();
      throw e;
    }
  }

  /** Starts every job. */
  void startJobs(
      int parallelism,
      Duration checkpointInterval,
      FeatureCatalog catalog,
      Attribution attribution,
      EventTimeSettings eventTime,
      RankingSettings ranking,
      FeatureRankingSettings featureRanking)
      throws Exception {
    Rules rules = new Rules(Clock.systemUTC(), Duration.ofHours(1));
    JobSettings settings =
        new JobSettings(
            parallelism, checkpointInterval, directory.resolve("checkpoints").toUri().toString());

    StreamExecutionEnvironment labels = JobEnvironment.of(settings);
    LabelJoinJob.onKafka(kafka, catalog, attribution, eventTime, rules).wire(labels);
    submit(Stage.LABEL_JOIN, labels);

    StreamExecutionEnvironment features = JobEnvironment.of(settings);
    StreamingFeaturesJob.onKafka(kafka, catalog, eventTime, rules).wire(features);
    submit(Stage.STREAMING_FEATURES, features);

    StreamExecutionEnvironment rankings = JobEnvironment.of(settings);
    RankingJob.onKafka(kafka, catalog, ranking, rules).wire(rankings);
    submit(Stage.RANKING, rankings);

    StreamExecutionEnvironment ranks = JobEnvironment.of(settings);
    FeatureRankingJob.onKafka(kafka, catalog, featureRanking, eventTime, rules).wire(ranks);
    submit(Stage.FEATURE_RANKING, ranks);
  }

  private void submit(Stage stage, StreamExecutionEnvironment env) throws Exception {
    jobs.put(stage, cluster.submit(env, stage.label()));
  }

  KafkaSettings kafka() {
    return kafka;
  }

  /** Stops a job; {@code drain} ends its event time first. */
  void stop(Stage stage, boolean drain) throws Exception {
    Path savepoints = Files.createDirectories(directory.resolve("savepoints"));
    cluster.stop(jobs.remove(stage), savepoints, drain);
  }

  /**
   * Fails if a job has failed.
   *
   * @throws IllegalStateException naming the job
   */
  void requireHealthy() throws Exception {
    for (Map.Entry<Stage, JobID> job : jobs.entrySet()) {
      JobStatus status = cluster.status(job.getValue());
      if (status.isTerminalState()) {
        throw new IllegalStateException("job " + job.getKey().label() + " is " + status);
      }
    }
  }

  /** The offsets up to which a stage has taken the records of a topic, by partition. */
  Map<TopicPartition, Long> taken(Stage stage, String topic) throws Exception {
    Map<TopicPartition, Long> taken = new HashMap<>();
    admin
        .listConsumerGroupOffsets(kafka.group(stage))
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, offset) -> {
              if (partition.topic().equals(topic) && offset != null) {
                taken.put(partition, offset.offset());
              }
            });
    return taken;
  }

  @Override
  public void close() throws IOException {
    try (admin;
        broker;
        cluster) {
      jobs.clear();
    }
  }
}
