package dev.millrace.jobs.labels;

import static dev.millrace.jobs.EmbeddedPipeline.CATALOG;
import static dev.millrace.jobs.EmbeddedPipeline.EVENT_TIME;
import static dev.millrace.jobs.EmbeddedPipeline.RULES;
import static dev.millrace.jobs.Events.click;
import static dev.millrace.jobs.Events.impression;
import static dev.millrace.jobs.Events.minutesAfterNoon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.labels.Attribution;
import dev.millrace.jobs.EmbeddedPipeline;
import dev.millrace.jobs.TopicClient;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task manager dies and the job is stopped and restored, both while records are on their way. */
final class ExactlyOnceTest {

  private static final long SEED = 20260101;

  /** So long that labels are written and not yet committed when the task manager dies. */
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(3);

  private static final int IMPRESSIONS_OF_A_PHASE = 400;
  private static final Duration BETWEEN_PHASES = Duration.ofHours(2);
  private static final Duration PHASE = Duration.ofMinutes(4);
  private static final Attribution ATTRIBUTION =
      new Attribution(Duration.ofMinutes(30), Duration.ofMinutes(5));

  @TempDir private static Path directory;
  private static EmbeddedPipeline pipeline;

  private final Random random = new Random(SEED);
  private final Map<String, Integer> clicks = new HashMap<>();
  private final List<String> orphans = new ArrayList<>();
  private int phases;

  @BeforeAll
  static void start() throws Exception {
    pipeline = EmbeddedPipeline.start(directory, 1);
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @Test
  void shouldLabelOnceAcrossALostTaskManagerAndASavepoint() throws Exception {
    TopicClient topics = pipeline.topics();
    JobID job = pipeline.cluster().submit(wired(), Stage.LABEL_JOIN.label());
    sendPhase();
    sendPhase();
    topics.await(Topic.LABELLED_IMPRESSIONS.name(), IMPRESSIONS_OF_A_PHASE);

    sendPhase();
    topics.awaitWritten(Topic.LABELLED_IMPRESSIONS.name(), 2 * IMPRESSIONS_OF_A_PHASE);
    pipeline.cluster().killTaskManager();
    sendPhase();
    awaitConsumed();
    assertThat(pipeline.cluster().status(job)).isEqualTo(JobStatus.RUNNING);

    sendPhase();
    String savepoint = pipeline.cluster().stop(job, pipeline.savepoints(), false);
    job = pipeline.cluster().submit(wired(), Stage.LABEL_JOIN.label(), savepoint);
    sendPhase();
    awaitConsumed();
    pipeline.cluster().stop(job, pipeline.savepoints(), true);

    assertThat(topics.read(Topic.LABELLED_IMPRESSIONS))
        .extracting(label -> label.getImpression().getImpressionId() + "=" + label.getClicks())
        .as("labels under seed %d", SEED)
        .containsExactlyInAnyOrderElementsOf(
            clicks.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    assertThat(topics.read(Topic.CLICKS.deadLetterName()))
        .extracting(letter -> TopicClient.text(letter.key()))
        .as("clicks without an impression under seed %d", SEED)
        .containsExactlyInAnyOrderElementsOf(orphans);
    assertThat(topics.read(Topic.IMPRESSIONS.deadLetterName())).isEmpty();
  }

  private static StreamExecutionEnvironment wired() {
    StreamExecutionEnvironment env = pipeline.environment(CHECKPOINT_INTERVAL);
    LabelJoinJob.onKafka(pipeline.kafka(), CATALOG, ATTRIBUTION, EVENT_TIME, RULES).wire(env);
    return env;
  }

  private static void awaitConsumed() {
    pipeline.topics().awaitConsumed("millrace-label-join", Topic.IMPRESSIONS, Topic.CLICKS);
  }

  /**
   * Sends four minutes of events in random order, some twice. The next phase is two hours later and
   * so lets the labels of this one fall due.
   */
  private void sendPhase() {
    TopicClient topics = pipeline.topics();
    long start = minutesAfterNoon(BETWEEN_PHASES.toMinutes() * phases);
    List<Runnable> sends = new ArrayList<>();
    for (int i = 0; i < IMPRESSIONS_OF_A_PHASE; i++) {
      String id = phases + "-" + i;
      addImpression(id, start + random.nextInt((int) PHASE.toMillis()), sends);
    }
    String orphan = phases + "-orphan";
    orphans.add(orphan);
    sends.add(() -> topics.send(Topic.CLICKS, click("c", orphan, start)));
    Collections.shuffle(sends, random);
    sends.forEach(Runnable::run);
    topics.flush();
    phases++;
  }

  private void addImpression(String id, long timestamp, List<Runnable> sends) {
    TopicClient topics = pipeline.topics();
    sends.add(() -> topics.send(Topic.IMPRESSIONS, impression(id, timestamp)));
    if (random.nextInt(10) == 0) {
      sends.add(() -> topics.send(Topic.IMPRESSIONS, impression(id, timestamp)));
    }
    int distinct = Math.max(0, random.nextInt(6) - 3);
    for (int i = 0; i < distinct; i++) {
      String clickId = "c" + i;
      int copies = 1 + random.nextInt(2);
      for (int copy = 0; copy < copies; copy++) {
        sends.add(() -> topics.send(Topic.CLICKS, click(clickId, id, timestamp + 1)));
      }
    }
    clicks.put(id, distinct);
  }
}
