package dev.millrace.jobs.features;

import static dev.millrace.jobs.EmbeddedPipeline.EVENT_TIME;
import static dev.millrace.jobs.EmbeddedPipeline.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.quality.AlarmThresholds;
import dev.millrace.features.quality.Windows;
import dev.millrace.jobs.EmbeddedPipeline;
import dev.millrace.jobs.Events;
import dev.millrace.jobs.TopicClient;
import dev.millrace.jobs.features.RankOracle.Summary;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.FeatureRank;
import dev.millrace.schemas.LabelledImpression;
import dev.millrace.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a real broker and a real cluster. */
final class FeatureRankingJobTest {

  private static final long SEED = 20260101;
  private static final int IMPRESSIONS = 3000;
  private static final long WINDOW = Duration.ofMinutes(1).toMillis();

  private static final FeatureRankingSettings SETTINGS =
      new FeatureRankingSettings(
          new Windows(Duration.ofMillis(WINDOW), Duration.ofMinutes(2)),
          Duration.ofMinutes(3),
          5_000,
          Duration.ofMillis(200),
          AlarmThresholds.DEFAULT);

  @TempDir private static Path directory;
  private static EmbeddedPipeline pipeline;

  private final RankOracle oracle = new RankOracle(SETTINGS);
  private final Random random = new Random(SEED);
  private final LabelledLog log = new LabelledLog(SEED);

  @BeforeAll
  static void start() throws Exception {
    pipeline = EmbeddedPipeline.start(directory, 2);
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  private static JobID submit(KafkaSettings kafka) throws Exception {
    StreamExecutionEnvironment env = pipeline.environment();
    FeatureRankingJob.onKafka(kafka, LabelledLog.CATALOG, SETTINGS, EVENT_TIME, RULES).wire(env);
    return pipeline.cluster().submit(env, Stage.FEATURE_RANKING.label());
  }

  /** Sends ten windows, out of order by less than may be late. */
  private void send(long start) {
    List<LabelledImpression> labelled = new ArrayList<>();
    for (int i = 0; i < IMPRESSIONS; i++) {
      long time = start + 10 * WINDOW * i / IMPRESSIONS - random.nextInt((int) WINDOW);
      labelled.add(log.next(time));
    }
    labelled.forEach(each -> oracle.add(each, Long.MIN_VALUE));
    pipeline.topics().send(Topic.LABELLED_IMPRESSIONS, labelled.toArray(LabelledImpression[]::new));
    pipeline.topics().flush();
  }

  private static KafkaSettings namespace(String name) {
    KafkaSettings kafka = pipeline.kafka();
    return new KafkaSettings(
        kafka.bootstrapServers(), name, kafka.transactionTimeout(), kafka.maxRecordBytes());
  }

  private static Map<String, Summary> summaries(List<FeatureRank> ranks) {
    Map<String, Summary> summaries = new HashMap<>();
    RankingChain.last(ranks).forEach((key, rank) -> summaries.put(key, Summary.of(rank)));
    return summaries;
  }

  @Test
  void shouldRankTheSameAcrossALostTaskManagerAsWithout() throws Exception {
    TopicClient topics = pipeline.topics();
    JobID job = submit(namespace("killed"));
    send(Events.NOON);
    topics.awaitWritten(Topic.FEATURE_RANKS.name(), 30);
    pipeline.cluster().killTaskManager();
    send(Events.NOON + 10 * WINDOW);
    drain(job, "killed");
    List<FeatureRank> ofKilled = topics.read(Topic.FEATURE_RANKS);

    drain(submit(namespace("undisturbed")), "undisturbed");
    List<FeatureRank> ofUndisturbed = new ArrayList<>(topics.read(Topic.FEATURE_RANKS));
    ofKilled.forEach(ofUndisturbed::remove);

    assertThat(RankingChain.last(ofKilled))
        .as("ranks under seed %d", SEED)
        .isEqualTo(RankingChain.last(ofUndisturbed));
    Map<String, Summary> expected = new HashMap<>();
    oracle.summaries().forEach((key, summary) -> expected.put(key, summary.published()));
    assertThat(summaries(ofKilled)).as("ranks under seed %d", SEED).isEqualTo(expected);
    assertThat(topics.read(Topic.LABELLED_IMPRESSIONS.deadLetterName())).isEmpty();
  }

  private static void drain(JobID job, String namespace) throws Exception {
    pipeline.topics().awaitConsumed(namespace + "-feature-ranking", Topic.LABELLED_IMPRESSIONS);
    pipeline.cluster().stop(job, pipeline.savepoints(), true);
  }
}
