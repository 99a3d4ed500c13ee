package dev.millrace.jobs.ranking;

import dev.millrace.jobs.Events;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Requests of one user and features of entities. */
final class Parts {

  private Parts() {}

  static Received request(String requestId, long offset, String... items) {
    List<Candidate> candidates =
        Arrays.stream(items).map(item -> new Candidate(item, Map.of())).toList();
    RankingRequest request =
        new RankingRequest(
            requestId,
            Events.USER,
            Instant.ofEpochMilli(Events.NOON),
            Map.of(),
            candidates,
            items.length);
    return DeadLetters.received(
        Events.consumed(Topic.RANKING_REQUESTS, request, offset), Events.USER, Events.NOON);
  }

  static FeatureValue features(String entity, String key, long count) {
    return new FeatureValue(
        entity, key, Instant.ofEpochMilli(Events.NOON), Map.of("count", count), "catalogue-1");
  }

  /** What the topic's null value is read as. */
  static FeatureValue end(String entity, String key) {
    return new FeatureValue(entity, key, Instant.EPOCH, Map.of(), "catalogue-1");
  }
}
