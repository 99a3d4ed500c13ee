package dev.millrace.jobs.demo;

import dev.millrace.features.ranking.FieldScore;
import java.util.List;
import java.util.Map;

/**
 * What a demo came to.
 *
 * @param topics records written to each topic and taken from it by its readers
 * @param deadLetters of all topics, by reason
 * @param fields best first
 * @param feedSeconds spent feeding events, training left out
 * @param violations promises that the counts break, one line each; none if all is well
 */
record DemoSummary(
    String format,
    long impressions,
    long clicks,
    long labelledImpressions,
    long labelledClicks,
    long rankings,
    List<DeadLetterTally.Reason> deadLetters,
    LiveQuality quality,
    FirstModel.Trained model,
    List<FieldScore> fields,
    Map<String, Flow> topics,
    long events,
    double feedSeconds,
    double seconds,
    List<String> violations) {

  DemoSummary {
    deadLetters = List.copyOf(deadLetters);
    fields = List.copyOf(fields);
    violations = List.copyOf(violations);
  }

  /** Dead letters in all. */
  long deadLetterCount() {
    return deadLetters.stream().mapToLong(DeadLetterTally.Reason::count).sum();
  }

  /** Events that went in a second, while they were fed. */
  double eventsPerSecond() {
    return events / feedSeconds;
  }

  /**
   * One topic.
   *
   * @param in committed records
   * @param out records that every reader of the topic has taken
   */
  record Flow(long in, long out) {}
}
