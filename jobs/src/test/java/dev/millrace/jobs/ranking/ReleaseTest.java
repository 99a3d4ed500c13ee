package dev.millrace.jobs.ranking;

import static dev.millrace.jobs.EmbeddedPipeline.CATALOG;
import static dev.millrace.jobs.EmbeddedPipeline.RULES;
import static dev.millrace.jobs.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.data.BuiltInCatalogs;
import dev.millrace.jobs.EmbeddedPipeline;
import dev.millrace.jobs.TopicClient;
import dev.millrace.jobs.io.Stage;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.ModelRelease;
import dev.millrace.schemas.RankedItem;
import dev.millrace.schemas.Ranking;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.ReleaseStage;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import dev.millrace.serving.Scorer;
import dev.millrace.serving.ScorerSettings;
import dev.millrace.serving.ScoringBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases of real bundles in the ranking job. Each test goes on from where another stopped. */
final class ReleaseTest {

  private static final String GROUP = "millrace-ranking";
  private static final int ROUNDS = 60;
  private static final RankingSettings SETTINGS =
      new RankingSettings(new ScorerSettings(1, 16), Duration.ofMillis(5), 17);

  @TempDir private static Path directory;
  private static EmbeddedPipeline pipeline;
  private static String savepoint;

  /** Requests of all tests together. */
  private static int asked;

  private final List<String> sent = new ArrayList<>();
  private JobID job;

  @BeforeAll
  static void startPipeline() throws Exception {
    pipeline = EmbeddedPipeline.start(directory, 1);
  }

  @AfterAll
  static void stopPipeline() {
    pipeline.close();
  }

  @BeforeEach
  void startJob() throws Exception {
    StreamExecutionEnvironment env = pipeline.environment(Duration.ofMillis(200));
    RankingJob.onKafka(pipeline.kafka(), CATALOG, SETTINGS, RULES).wire(env);
    String name = Stage.RANKING.label();
    job =
        savepoint == null
            ? pipeline.cluster().submit(env, name)
            : pipeline.cluster().submit(env, name, savepoint);
  }

  @AfterEach
  void cancelJob() throws Exception {
    if (job != null) {
      pipeline.cluster().cancel(job);
    }
  }

  private void stopJob() throws Exception {
    awaitAnswers();
    savepoint = pipeline.cluster().stop(job, pipeline.savepoints(), false);
    job = null;
  }

  private static ReleasedBundle write(String release, long seed) throws IOException {
    return ReleasedBundle.write(directory.resolve("bundles"), CATALOG, release, seed);
  }

  private static void release(ModelRelease... releases) {
    pipeline.topics().send(Topic.MODELS, releases);
    pipeline.topics().flush();
  }

  private ReleasedBundle goLive(String release, long seed) throws IOException {
    ReleasedBundle bundle = write(release, seed);
    release(bundle.release(ReleaseStage.FULL));
    askUntilAnsweredBy(release);
    return bundle;
  }

  /**
   * Topics are read side by side, so only an answer tells what is live. It shows with a checkpoint,
   * before which every task has heard of the release.
   */
  private void askUntilAnsweredBy(String release) {
    for (int round = 0; round < ROUNDS; round++) {
      String id = "until-" + release + "-" + round;
      ask(id, 1);
      awaitAnswers();
      if (pipeline.topics().read(Topic.RANKINGS).stream()
          .filter(ranking -> ranking.getRequestId().startsWith(id))
          .anyMatch(ranking -> ranking.getRelease().equals(release))) {
        return;
      }
    }
    throw new AssertionError(release + " must be live after " + ROUNDS + " requests");
  }

  private static void awaitAnswers() {
    pipeline.topics().await(Topic.RANKINGS.name(), asked);
  }

  /** Asks for rankings of four items that are all shown. */
  private void ask(String id, int count) {
    for (int i = 0; i < count; i++) {
      String requestId = id + "-" + i;
      pipeline.topics().send(Topic.RANKING_REQUESTS, request(requestId, i));
      sent.add(requestId);
    }
    asked += count;
    pipeline.topics().flush();
  }

  private static RankingRequest request(String requestId, int number) {
    List<Candidate> candidates =
        IntStream.range(number % 5, number % 5 + 4)
            .mapToObj(item -> new Candidate("i" + item, Map.of("price", 2.5 * item)))
            .toList();
    return new RankingRequest(
        requestId,
        "u" + number % 3,
        Instant.ofEpochMilli(NOON),
        Map.of("country", "LV"),
        candidates,
        candidates.size());
  }

  /** The answers to what this test asked, of which there must be one each. */
  private Map<String, Ranking> answers() {
    Map<String, Ranking> answers = new LinkedHashMap<>();
    List<Ranking> rankings =
        pipeline.topics().read(Topic.RANKINGS).stream()
            .filter(ranking -> sent.contains(ranking.getRequestId()))
            .toList();
    assertThat(rankings)
        .extracting(Ranking::getRequestId)
        .containsExactlyInAnyOrderElementsOf(sent);
    rankings.forEach(ranking -> answers.put(ranking.getRequestId(), ranking));
    return answers;
  }

  private static void assertAsked(
      String id, int count, ReleasedBundle bundle, Map<String, Ranking> answers) {
    IntStream.range(0, count).forEach(i -> assertScoredBy(bundle, answers.get(id + "-" + i)));
  }

  private static void assertScoredBy(ReleasedBundle bundle, Ranking ranking) {
    assertThat(ranking.getRelease()).as(ranking.getRequestId()).isEqualTo(bundle.name());
    assertThat(ranking.getBundleSha256()).isEqualTo(bundle.bundle().manifestSha256());
    assertThat(ranking.getProvider()).isEqualTo("cpu");
    assertThat(ranking.getCatalogFingerprint()).isEqualTo(CATALOG.fingerprint());
  }

  @Test
  void shouldScoreAsTheBundleDoesByHand() throws Exception {
    pipeline
        .topics()
        .send(
            Topic.FEATURE_VALUES,
            features("item", "i3", Map.of("item_impressions", 12L, "item_ctr", 0.25)),
            features("user", "u1", Map.of("recent_clicks", List.of("i7", "i8"))));
    pipeline.topics().flush();
    pipeline.topics().awaitConsumed(GROUP, Topic.FEATURE_VALUES);
    ReleasedBundle bundle = goLive("by-hand", 1);
    ask("by-hand", 30);
    stopJob();

    Map<String, Ranking> answers = answers();
    assertAsked("by-hand", 30, bundle, answers);
    List<Impression> shown =
        pipeline.topics().read(Topic.IMPRESSIONS).stream()
            .filter(impression -> impression.getRequestId().startsWith("by-hand"))
            .toList();
    assertThat(shown).hasSize(30 * 4);
    assertThat(shown).anyMatch(impression -> impression.getFeatures().containsKey("item_ctr"));
    assertThat(shown).anyMatch(impression -> impression.getFeatures().containsKey("recent_clicks"));
    try (Scorer scorer =
        Scorer.open(bundle.bundle(), CATALOG.fingerprint(), ScorerSettings.DEFAULT)) {
      for (Impression impression : shown) {
        assertScoredByHand(scorer, impression, answers.get(impression.getRequestId()));
      }
    }
  }

  private static FeatureValue features(String entity, String key, Map<String, Object> values) {
    return new FeatureValue(entity, key, Instant.ofEpochMilli(NOON), values, CATALOG.fingerprint());
  }

  private static void assertScoredByHand(Scorer scorer, Impression shown, Ranking ranking) {
    Object[] values =
        new FeatureBinder(CATALOG)
            .bindLogged(shown.getUserId(), shown.getItemId(), shown.getFeatures());
    ScoringBatch batch = scorer.newBatch(1);
    int[] rows = new int[batch.lookups()];
    float[] weights = new float[batch.lookups()];
    scorer.encoder().encode(values, rows, weights, 0);
    batch.add(rows, weights);
    float[] probability = new float[1];
    scorer.score(batch, probability);
    RankedItem item = ranking.getItems().get(shown.getPosition() - 1);

    assertThat(shown.getRows()).containsExactlyElementsOf(IntStream.of(rows).boxed().toList());
    assertThat(item.getItemId()).isEqualTo(shown.getItemId());
    assertThat(item.getScore()).isEqualTo(shown.getScore());
    // Batches of other sizes may round otherwise in the last bits of a float.
    assertThat(item.getScore())
        .as("%s of %s", shown.getItemId(), shown.getRequestId())
        .isCloseTo(probability[0], within(1e-6));
  }

  @Test
  void shouldRefuseBadReleasesWhileTheGoodOneGoesOn() throws Exception {
    ReleasedBundle good = goLive("good", 2);
    ask("bad-before", 5);
    Map<String, String> reasons = new LinkedHashMap<>();
    int asked = 0;
    for (BadRelease bad : badReleases(good)) {
      pipeline.topics().send(bad.record());
      reasons.put(TopicClient.text(bad.record().key()), bad.reason());
      ask("bad-after-" + asked++, 3);
    }
    pipeline.topics().await(Topic.MODELS.deadLetterName(), reasons.size());
    ask("bad-last", 5);
    stopJob();

    Map<String, Ranking> answers = answers();
    assertAsked("bad-before", 5, good, answers);
    for (int i = 0; i < reasons.size(); i++) {
      assertAsked("bad-after-" + i, 3, good, answers);
    }
    assertAsked("bad-last", 5, good, answers);
    List<ConsumerRecord<byte[], byte[]>> letters =
        pipeline.topics().read(Topic.MODELS.deadLetterName());
    assertThat(letters)
        .extracting(letter -> TopicClient.text(letter.key()))
        .containsExactlyInAnyOrderElementsOf(reasons.keySet());
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      assertThat(reason(letter)).contains(reasons.get(TopicClient.text(letter.key())));
      assertThat(reason(letter).lines()).hasSize(1);
    }
  }

  /** A release and what its dead letter must say. */
  private record BadRelease(ProducerRecord<byte[], byte[]> record, String reason) {}

  private static BadRelease bad(ModelRelease release, String reason) {
    byte[] value = WireFormat.of(Topic.MODELS).encode(release);
    return new BadRelease(record(Topic.MODELS.keyOf(release), value), reason);
  }

  private static ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
    return new ProducerRecord<>(Topic.MODELS.name(), key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static List<BadRelease> badReleases(ReleasedBundle good) throws IOException {
    ModelRelease missing = good.release(ReleaseStage.FULL);
    missing.setRelease("missing");
    missing.setBundle(directory.resolve("no-such-bundle").toUri().toString());
    ModelRelease swapped = good.release(ReleaseStage.FULL);
    swapped.setRelease("swapped");
    swapped.setManifestSha256("0".repeat(64));
    ModelRelease elsewhere = good.release(ReleaseStage.FULL);
    elsewhere.setRelease("elsewhere");
    elsewhere.setBundle("s3://models/elsewhere");
    ReleasedBundle corrupt = write("corrupt", 3);
    Path model = corrupt.directory().resolve(ModelBundle.MODEL);
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    ReleasedBundle foreign =
        ReleasedBundle.write(
            directory.resolve("bundles"), BuiltInCatalogs.load("movielens-1m"), "foreign", 4);
    ModelRelease disguised = foreign.release(ReleaseStage.FULL);
    disguised.setRelease("disguised");
    disguised.setCatalogFingerprint(CATALOG.fingerprint());
    ModelRelease canary = good.release(ReleaseStage.CANARY);
    canary.setRelease("canary");
    return List.of(
        bad(missing, "BUNDLE: " + directory.resolve("no-such-bundle")),
        bad(swapped, "BUNDLE: SHA-256 of the manifest must be 0000"),
        bad(elsewhere, "BUNDLE: bundle must be a file URI, found s3://models/elsewhere"),
        bad(corrupt.release(ReleaseStage.FULL), "BUNDLE: SHA-256 of " + model),
        bad(foreign.release(ReleaseStage.FULL), "BUNDLE: catalogFingerprint must be"),
        bad(disguised, "BUNDLE: catalogFingerprint of " + foreign.directory()),
        bad(canary, "BUNDLE: stage must be FULL or RETIRED, found CANARY"),
        new BadRelease(record("autoint:malformed", new byte[] {1, 2, 3}), "MALFORMED: "));
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    return TopicClient.header(letter, "millrace.errors.class")
        + ": "
        + TopicClient.header(letter, "millrace.errors.message");
  }

  @Test
  void shouldChangeToTheNextReleaseAndBackToExplorationWhenItRetires() throws Exception {
    ReleasedBundle first = goLive("first", 5);
    ask("first", 5);
    awaitAnswers();
    ReleasedBundle second = goLive("second", 6);
    ask("second", 5);
    awaitAnswers();
    release(first.release(ReleaseStage.RETIRED));
    ask("still", 5);
    awaitAnswers();
    release(second.release(ReleaseStage.RETIRED));
    askUntilAnsweredBy("exploration");
    ask("third", 5);
    stopJob();

    Map<String, Ranking> answers = answers();
    for (int i = 0; i < 5; i++) {
      Ranking byFirst = answers.get("first-" + i);
      Ranking bySecond = answers.get("second-" + i);
      assertScoredBy(first, byFirst);
      assertScoredBy(second, bySecond);
      assertThat(byFirst.getItems()).isNotEqualTo(bySecond.getItems());
      assertThat(answers.get("still-" + i).getItems()).isEqualTo(bySecond.getItems());
      assertThat(answers.get("third-" + i).getRelease()).isEqualTo("exploration");
      assertThat(answers.get("third-" + i).getBundleSha256()).isNull();
    }
  }

  @Test
  void shouldServeTheLiveReleaseAfterATaskManagerDies() throws Exception {
    ReleasedBundle bundle = goLive("survivor", 7);
    ask("kill-before", 10);
    awaitAnswers();
    ask("kill-meanwhile", 10);
    pipeline.cluster().killTaskManager();
    ask("kill-after", 10);
    stopJob();

    Map<String, Ranking> answers = answers();
    assertAsked("kill-before", 10, bundle, answers);
    assertAsked("kill-meanwhile", 10, bundle, answers);
    assertAsked("kill-after", 10, bundle, answers);
  }
}
