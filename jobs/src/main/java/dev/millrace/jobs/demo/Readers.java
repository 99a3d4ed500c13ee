package dev.millrace.jobs.demo;

import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;

/** How far the jobs have come with what is in their topics, and waiting for it. */
final class Readers {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final long POLL_MILLIS = 50;

  /** Which jobs read a topic. */
  private static final Map<String, List<Stage>> STAGES =
      Map.of(
          Topic.IMPRESSIONS.name(), List.of(Stage.LABEL_JOIN, Stage.STREAMING_FEATURES),
          Topic.CLICKS.name(), List.of(Stage.LABEL_JOIN, Stage.STREAMING_FEATURES),
          Topic.FEATURE_VALUES.name(), List.of(Stage.RANKING),
          Topic.LABELLED_IMPRESSIONS.name(), List.of(Stage.FEATURE_RANKING),
          Topic.RANKING_REQUESTS.name(), List.of(Stage.RANKING),
          Topic.MODELS.name(), List.of(Stage.RANKING));

  private final Pipeline pipeline;
  private final Observer observer;

  Readers(Pipeline pipeline, Observer observer) {
    this.pipeline = pipeline;
    this.observer = observer;
  }

  /**
   * Fails if a job or the observer has failed.
   *
   * @throws IllegalStateException with the reason
   */
  void requireHealthy() {
    observer.requireHealthy();
    try {
      pipeline.requireHealthy();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the jobs cannot be asked for their state", e);
    }
  }

  /**
   * Waits until a condition holds.
   *
   * @param what is waited for, for the message
   * @throws IllegalStateException if it does not come in time, or something has failed
   */
  void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.call()) {
      requireHealthy();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s must come within %s, found them missing".formatted(what, TIMEOUT));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Waits until every job that reads a topic has taken all that is in it. */
  void awaitTaken(Topic<?> topic) throws Exception {
    await("the readers of " + topic, () -> untaken(topic.name()) == 0);
  }

  /** Records that some reader of a topic has not taken yet. */
  private long untaken(String topic) throws Exception {
    long most = 0;
    for (Stage stage : STAGES.getOrDefault(topic, List.of())) {
      Map<TopicPartition, Long> taken = pipeline.taken(stage, topic);
      long untaken = 0;
      for (Map.Entry<TopicPartition, Long> end : observer.ends(topic).entrySet()) {
        untaken += Math.max(0, end.getValue() - taken.getOrDefault(end.getKey(), 0L));
      }
      most = Math.max(most, untaken);
    }
    return most;
  }

  /** What went into each topic and was taken from it; dead-letter topics only if they hold any. */
  Map<String, DemoSummary.Flow> flows() throws Exception {
    Map<String, DemoSummary.Flow> flows = new TreeMap<>();
    for (Topic<?> topic : Topic.all()) {
      long in = observer.count(topic.name());
      flows.put(topic.name(), new DemoSummary.Flow(in, in - untaken(topic.name())));
      long letters = observer.count(topic.deadLetterName());
      if (letters > 0) {
        flows.put(topic.deadLetterName(), new DemoSummary.Flow(letters, letters));
      }
    }
    return flows;
  }
}
