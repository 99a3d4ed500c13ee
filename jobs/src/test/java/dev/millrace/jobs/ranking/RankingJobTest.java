package dev.millrace.jobs.ranking;

import static dev.millrace.jobs.EmbeddedPipeline.CATALOG;
import static dev.millrace.jobs.EmbeddedPipeline.RULES;
import static dev.millrace.jobs.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.jobs.EmbeddedPipeline;
import dev.millrace.jobs.TopicClient;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.ModelRelease;
import dev.millrace.schemas.RankedItem;
import dev.millrace.schemas.Ranking;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.ReleaseStage;
import dev.millrace.schemas.Topic;
import dev.millrace.serving.ScorerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ranking job on a real broker, before the first release. */
final class RankingJobTest {

  private static final int REQUESTS = 60;
  private static final int SLOTS = 2;
  private static final RankingSettings SETTINGS =
      new RankingSettings(new ScorerSettings(1, 64), Duration.ofMillis(5), 17);

  @TempDir private static Path directory;
  private static EmbeddedPipeline pipeline;
  private static JobID job;

  @BeforeAll
  static void start() throws Exception {
    pipeline = EmbeddedPipeline.start(directory, 1);
    StreamExecutionEnvironment env = pipeline.environment();
    RankingJob.onKafka(pipeline.kafka(), CATALOG, SETTINGS, RULES).wire(env);
    job = pipeline.cluster().submit(env, Stage.RANKING.label());
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @Test
  void shouldAnswerGoodRequestsOnceAndBuryTheRest() throws Exception {
    TopicClient topics = pipeline.topics();
    topics.send(Topic.FEATURE_VALUES, recentClicks(), impressionsOf("i3"));
    topics.flush();
    topics.awaitConsumed("millrace-ranking", Topic.FEATURE_VALUES);
    Map<RankingRequest, String> bad = badRequests();
    topics.send(Topic.MODELS, missingBundle(), canary());
    List<RankingRequest> good =
        IntStream.range(0, REQUESTS).mapToObj(RankingJobTest::good).toList();
    good.subList(0, REQUESTS / 2).forEach(request -> topics.send(Topic.RANKING_REQUESTS, request));
    bad.keySet().forEach(request -> topics.send(Topic.RANKING_REQUESTS, request));
    topics.flush();
    topics.await(Topic.MODELS.deadLetterName(), 2);
    good.subList(REQUESTS / 2, REQUESTS)
        .forEach(request -> topics.send(Topic.RANKING_REQUESTS, request));
    topics.flush();

    topics.awaitConsumed("millrace-ranking", Topic.RANKING_REQUESTS, Topic.MODELS);
    assertThat(pipeline.cluster().status(job)).isEqualTo(JobStatus.RUNNING);
    pipeline.cluster().stop(job, pipeline.savepoints(), false);

    assertEveryRequestIsAnsweredOnce(good);
    assertWhatIsShownIsLogged(good);
    assertBadRequestsAreBuried(bad);
    assertBadReleasesAreRefused();
  }

  /** The request of a number, of user u0, u1 or u2, for four or more candidates. */
  private static RankingRequest good(int number) {
    return request(
        "r" + number,
        IntStream.range(number % 3, number % 3 + 4 + number % 5)
            .mapToObj(item -> candidate("i" + item))
            .toArray(Candidate[]::new));
  }

  private static RankingRequest request(String id, Candidate... candidates) {
    return new RankingRequest(
        id,
        "u" + Math.floorMod(id.hashCode(), 3),
        Instant.ofEpochMilli(NOON),
        Map.of("country", "LV"),
        List.of(candidates),
        SLOTS);
  }

  private static Candidate candidate(String item) {
    return new Candidate(item, Map.of("price", 9.5));
  }

  private static Map<RankingRequest, String> badRequests() {
    RankingRequest future = request("future", candidate("i1"));
    future.setTimestamp(Instant.ofEpochMilli(NOON).plus(Duration.ofDays(365)));
    RankingRequest slots = request("slots", candidate("i1"));
    slots.setSlots(-1);
    RankingRequest nobody = request("nobody", candidate("i1"));
    nobody.setUserId("");
    RankingRequest context = request("context", candidate("i1"));
    context.setContext(Map.of("price", 1.0));
    Map<RankingRequest, String> bad = new LinkedHashMap<>();
    bad.put(request("empty"), "INVALID: candidates must not be empty");
    bad.put(
        request("twice", candidate("i1"), candidate("i1")),
        "INVALID: candidates must be distinct, found twice i1");
    bad.put(
        request("unknown", new Candidate("i1", Map.of("no_such_field", 1L))),
        "FEATURE: no_such_field must be a field of catalogue simulated, found 1");
    bad.put(
        request("NaN", candidate("i2"), new Candidate("i1", Map.of("price", Double.NaN))),
        "FEATURE: price must be finite, found NaN");
    bad.put(context, "FEATURE: price must come from item only, found 1.0");
    bad.put(future, "TIMESTAMP: timestamp must be between 0 and ");
    bad.put(slots, "INVALID: slots must be >= 0, found -1");
    bad.put(nobody, "INVALID: userId must not be empty");
    return bad;
  }

  private static FeatureValue recentClicks() {
    return value("user", "u1", Map.of("recent_clicks", List.of("i7", "i8")));
  }

  private static FeatureValue impressionsOf(String item) {
    return value("item", item, Map.of("item_impressions", 12L, "item_ctr", 0.25));
  }

  private static FeatureValue value(String entity, String key, Map<String, Object> values) {
    return new FeatureValue(entity, key, Instant.ofEpochMilli(NOON), values, CATALOG.fingerprint());
  }

  private static ModelRelease missingBundle() {
    String nowhere = directory.resolve("no-such-bundle").toUri().toString();
    return release("missing", ReleaseStage.FULL, nowhere);
  }

  private static ModelRelease canary() {
    return release("canary", ReleaseStage.CANARY, "file:///bundle");
  }

  private static ModelRelease release(String name, ReleaseStage stage, String bundle) {
    return new ModelRelease(
        "autoint",
        name,
        stage,
        1.0,
        bundle,
        "0".repeat(64),
        CATALOG.fingerprint(),
        Instant.ofEpochMilli(NOON));
  }

  private static void assertEveryRequestIsAnsweredOnce(List<RankingRequest> requests) {
    Map<String, RankingRequest> byId = new LinkedHashMap<>();
    requests.forEach(request -> byId.put(request.getRequestId(), request));
    List<Ranking> rankings = pipeline.topics().read(Topic.RANKINGS);

    assertThat(rankings)
        .extracting(Ranking::getRequestId)
        .containsExactlyInAnyOrderElementsOf(byId.keySet());
    for (Ranking ranking : rankings) {
      assertRanks(ranking, byId.get(ranking.getRequestId()));
    }
  }

  private static void assertRanks(Ranking ranking, RankingRequest request) {
    List<RankedItem> items = ranking.getItems();
    assertThat(items)
        .as("items of %s", ranking.getRequestId())
        .extracting(RankedItem::getItemId)
        .containsExactlyInAnyOrderElementsOf(
            request.getCandidates().stream().map(Candidate::getItemId).toList());
    assertThat(items)
        .extracting(RankedItem::getPosition)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, items.size()).boxed().toList());
    assertThat(items)
        .extracting(RankedItem::getScore)
        .isSortedAccordingTo((first, second) -> Double.compare(second, first));
    assertThat(ranking.getUserId()).isEqualTo(request.getUserId());
    assertThat(ranking.getRelease()).isEqualTo("exploration");
    assertThat(ranking.getBundleSha256()).isNull();
    assertThat(ranking.getCatalogFingerprint()).isEqualTo(CATALOG.fingerprint());
  }

  private static void assertWhatIsShownIsLogged(List<RankingRequest> requests) {
    List<Impression> impressions = pipeline.topics().read(Topic.IMPRESSIONS);

    assertThat(impressions)
        .extracting(shown -> shown.getRequestId() + "#" + shown.getPosition())
        .containsExactlyInAnyOrderElementsOf(
            requests.stream()
                .flatMap(
                    request ->
                        IntStream.rangeClosed(1, SLOTS)
                            .mapToObj(slot -> request.getRequestId() + "#" + slot))
                .toList());
    for (Impression impression : impressions) {
      Map<String, Object> features = impression.getFeatures();
      boolean isKnownItem = impression.getItemId().equals("i3");
      boolean isKnownUser = impression.getUserId().equals("u1");
      assertThat(features).containsEntry("country", "LV").containsEntry("price", 9.5);
      assertThat(features.get("item_impressions")).isEqualTo(isKnownItem ? 12L : null);
      assertThat(features.get("item_ctr")).isEqualTo(isKnownItem ? 0.25 : null);
      assertThat(features.get("recent_clicks")).isEqualTo(isKnownUser ? List.of("i7", "i8") : null);
    }
    assertThat(impressions).anyMatch(shown -> shown.getItemId().equals("i3"));
    assertThat(impressions).anyMatch(shown -> shown.getUserId().equals("u1"));
  }

  private static void assertBadRequestsAreBuried(Map<RankingRequest, String> bad) {
    List<ConsumerRecord<byte[], byte[]>> letters =
        pipeline.topics().read(Topic.RANKING_REQUESTS.deadLetterName());
    Map<String, String> expected = new LinkedHashMap<>();
    bad.forEach((request, message) -> expected.put(request.getRequestId(), message));

    assertThat(letters)
        .extracting(RankingJobTest::key)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      assertThat(reason(letter)).startsWith(expected.get(key(letter)));
    }
  }

  private static void assertBadReleasesAreRefused() {
    List<ConsumerRecord<byte[], byte[]>> letters =
        pipeline.topics().read(Topic.MODELS.deadLetterName());

    assertThat(letters)
        .extracting(RankingJobTest::key)
        .containsExactlyInAnyOrder("autoint:missing", "autoint:canary");
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      assertThat(reason(letter))
          .contains(
              key(letter).equals("autoint:canary")
                  ? "BUNDLE: stage must be FULL or RETIRED, found CANARY"
                  : "no-such-bundle");
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> letter) {
    return TopicClient.text(letter.key());
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    return TopicClient.header(letter, "millrace.errors.class")
        + ": "
        + TopicClient.header(letter, "millrace.errors.message");
  }
}
