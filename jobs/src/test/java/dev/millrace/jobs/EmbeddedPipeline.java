package dev.millrace.jobs;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.BuiltInCatalogs;
import dev.millrace.jobs.embedded.EmbeddedFlink;
import dev.millrace.jobs.embedded.EmbeddedKafka;
import dev.millrace.jobs.io.EventTimeSettings;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Rules;
import dev.millrace.jobs.io.TopicAdmin;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A broker with every topic and a cluster, both real, for the jobs of one test class. */
public final class EmbeddedPipeline implements AutoCloseable {

  /** The catalogue of the jobs. */
  public static final FeatureCatalog CATALOG = BuiltInCatalogs.load("simulated");

  /** A day after the events of the tests; an hour more is the far future. */
  public static final Rules RULES =
      new Rules(
          Clock.fixed(Instant.ofEpochMilli(Events.NOON), ZoneOffset.UTC), Duration.ofHours(25));

  /** No silence of a partition moves event time, so that no machine is too slow for a test. */
  public static final EventTimeSettings EVENT_TIME =
      new EventTimeSettings(Duration.ofSeconds(1), Duration.ZERO);

  private static final int PARTITIONS = 2;
  private static final int PARALLELISM = 2;

  private final Path directory;
  private final EmbeddedKafka broker;
  private final EmbeddedFlink cluster;
  private final TopicClient topics;

  private EmbeddedPipeline(Path directory, EmbeddedKafka broker, EmbeddedFlink cluster) {
    this.directory = directory;
    this.broker = broker;
    this.cluster = cluster;
    this.topics = new TopicClient(broker.bootstrapServers());
  }

  /** Starts both for as many jobs. */
  public static EmbeddedPipeline start(Path directory, int jobs) throws Exception {
    EmbeddedKafka broker = EmbeddedKafka.start(directory.resolve("kafka"));
    try {
      EmbeddedFlink cluster = EmbeddedFlink.start(PARALLELISM * jobs);
      EmbeddedPipeline pipeline = new EmbeddedPipeline(directory, broker, cluster);
      TopicAdmin.create(pipeline.topics.admin(), PARTITIONS, (short) 1);
      return pipeline;
    } catch (Exception e) {
      broker.close();
      throw e;
    }
  }

  public TopicClient topics() {
    return topics;
  }

  public EmbeddedFlink cluster() {
    return cluster;
  }

  public KafkaSettings kafka() {
    return KafkaSettings.of(broker.bootstrapServers());
  }

  /** An environment for one job, with a checkpoint every second. */
  public StreamExecutionEnvironment environment() {
    return environment(Duration.ofSeconds(1));
  }

  /** An environment for one job, with the settings of production. */
  public StreamExecutionEnvironment environment(Duration checkpointInterval) {
    return JobEnvironment.of(
        new JobSettings(
            PARALLELISM, checkpointInterval, directory.resolve("checkpoints").toUri().toString()));
  }

  public Path savepoints() {
    return directory.resolve("savepoints");
  }

  @Override
  public void close() {
    topics.close();
    cluster.close();
    broker.close();
  }
}
