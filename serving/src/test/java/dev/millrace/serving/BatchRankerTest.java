package dev.millrace.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.catalog.FeatureException;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.FeaturisedRequest;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.RankedItem;
import dev.millrace.schemas.Ranking;
import dev.millrace.schemas.RankingRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rankings of a release that was trained. */
final class BatchRankerTest {

  private static final TrainedShop SHOP = TrainedShop.unified();
  private static final long SEED = 11;
  private static final int SLOTS = 3;
  private static final float TOLERANCE = 1e-6f;

  @TempDir private Path folder;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private ModelBundle bundle;

  @BeforeEach
  void writeBundle() throws IOException {
    bundle = SHOP.write(folder.resolve("bundle"));
  }

  private Release release() throws IOException {
    return Release.load(
        TrainedShop.release(bundle, folder.resolve("bundle")),
        SHOP.catalog().fingerprint(),
        ScorerSettings.DEFAULT);
  }

  private BatchRanker ranker(int maxBatch) throws IOException {
    BatchRanker ranker = new BatchRanker(SHOP.catalog(), SEED, maxBatch);
    ranker.use(release());
    return ranker;
  }

  private static List<RankedRequest> flush(BatchRanker ranker) {
    List<RankedRequest> answers = new ArrayList<>();
    ranker.flush(answers::add);
    return answers;
  }

  private static RankedRequest only(
      BatchRanker ranker, RankingRequest request, FeaturisedRequest features) {
    ranker.add(request, features);
    List<RankedRequest> answers = flush(ranker);
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  /** What the scorer gives for each candidate by itself, by item. */
  private Map<String, Double> scoresByHand(RankingRequest request, FeaturisedRequest features)
      throws IOException {
    Map<String, Double> scores = new HashMap<>();
    FeatureBinder binder = new FeatureBinder(SHOP.catalog());
    try (Scorer scorer =
        Scorer.open(bundle, SHOP.catalog().fingerprint(), ScorerSettings.DEFAULT)) {
      for (int i = 0; i < request.getCandidates().size(); i++) {
        Object[] values = TrainedShop.bind(binder, request, features, i);
        scores.put(request.getCandidates().get(i).getItemId(), score(scorer, values));
      }
    }
    return scores;
  }

  private static double score(Scorer scorer, Object[] values) {
    ScoringBatch batch = scorer.newBatch(1);
    int[] rows = new int[batch.lookups()];
    float[] weights = new float[batch.lookups()];
    scorer.encoder().encode(values, rows, weights, 0);
    batch.add(rows, weights);
    float[] probability = new float[1];
    scorer.score(batch, probability);
    return probability[0];
  }

  private static void assertRankedBy(Map<String, Double> scores, Ranking ranking) {
    List<RankedItem> items = ranking.getItems();
    assertThat(items)
        .extracting(RankedItem::getItemId)
        .as("items of %s", ranking.getRequestId())
        .containsExactlyInAnyOrderElementsOf(scores.keySet());
    assertThat(items)
        .extracting(RankedItem::getPosition)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, items.size()).boxed().toList());
    assertThat(items)
        .isSortedAccordingTo(
            Comparator.comparingDouble(RankedItem::getScore)
                .reversed()
                .thenComparing(RankedItem::getItemId));
    for (RankedItem item : items) {
      assertThat(item.getScore())
          .isCloseTo(scores.get(item.getItemId()), within((double) TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 64, 10_000})
  void shouldRankBestFirstWhateverTheBatch(int maxBatch) throws IOException {
    try (BatchRanker ranker = ranker(maxBatch)) {
      List<RankingRequest> requests = new ArrayList<>();
      List<FeaturisedRequest> features = new ArrayList<>();
      List<RankedRequest> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        requests.add(Shop.request("r" + i, 1 + i % 7 * 3, SLOTS, random));
        features.add(Shop.features(requests.get(i), random));
        if (ranker.add(requests.get(i), features.get(i))) {
          ranker.flush(answers::add);
        }
      }
      ranker.flush(answers::add);

      assertThat(answers)
          .extracting(answer -> answer.ranking().getRequestId())
          .as("seed %d", SEED)
          .containsExactlyElementsOf(requests.stream().map(RankingRequest::getRequestId).toList());
      for (int i = 0; i < answers.size(); i++) {
        assertRankedBy(scoresByHand(requests.get(i), features.get(i)), answers.get(i).ranking());
      }
    }
  }

  @Test
  void shouldStampRankingsWithWhatScoredThem() throws IOException {
    try (BatchRanker ranker = ranker(64)) {
      RankingRequest request = Shop.request("r1", 5, SLOTS, random);
      Ranking ranking = only(ranker, request, Shop.features(request, random)).ranking();

      assertThat(ranking.getRequestId()).isEqualTo("r1");
      assertThat(ranking.getUserId()).isEqualTo(request.getUserId());
      assertThat(ranking.getTimestamp()).isEqualTo(Shop.NOON);
      assertThat(ranking.getRelease()).isEqualTo(TrainedShop.RELEASE);
      assertThat(ranking.getBundleSha256()).isEqualTo(bundle.manifestSha256());
      assertThat(ranking.getProvider()).isEqualTo("cpu");
      assertThat(ranking.getCatalogFingerprint()).isEqualTo(SHOP.catalog().fingerprint());
    }
  }

  @Test
  void shouldBreakTiesByItem() throws IOException {
    ModelBundle half = PlainShop.write(folder.resolve("half"), Graphs.sigmoidOfRows(0), 0.5f);
    try (BatchRanker ranker = new BatchRanker(Shop.PLAIN, SEED, 64)) {
      ranker.use(
          Release.load(
              TrainedShop.release(half, folder.resolve("half")),
              Shop.PLAIN.fingerprint(),
              ScorerSettings.DEFAULT));
      List<Candidate> candidates =
          List.of("i3", "i10", "i1", "i2").stream()
              .map(item -> new Candidate(item, Map.of()))
              .toList();
      RankingRequest request = new RankingRequest("r1", "u1", Shop.NOON, Map.of(), candidates, 0);

      assertThat(only(ranker, request, Shop.withoutFeatures(request)).ranking().getItems())
          .containsExactly(
              new RankedItem("i1", 0.5, 1),
              new RankedItem("i10", 0.5, 2),
              new RankedItem("i2", 0.5, 3),
              new RankedItem("i3", 0.5, 4));
    }
  }

  /** Rates are what the clicks of the training depend on. */
  @Test
  void shouldScoreWithTheStreamingFeatures() throws IOException {
    try (BatchRanker ranker = ranker(64)) {
      for (int i = 0; i < 20; i++) {
        RankingRequest request = Shop.request("r" + i, 1, 1, random);
        FeaturisedRequest features = Shop.features(request, random);
        double with = only(ranker, request, features).ranking().getItems().get(0).getScore();
        double without =
            only(ranker, request, Shop.withoutFeatures(request))
                .ranking()
                .getItems()
                .get(0)
                .getScore();
        boolean known = features.getUser() != null || features.getItems().get(0) != null;

        assertThat(with == without).as("request %d of seed %d", i, SEED).isEqualTo(!known);
      }
    }
  }

  @Test
  void shouldLogWhatWasScoredOfTheSlots() throws IOException {
    try (BatchRanker ranker = ranker(64)) {
      List<FeaturisedRequest> features = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        RankingRequest request = Shop.request("r" + i, 6, SLOTS, random);
        features.add(Shop.features(request, random));
        ranker.add(request, features.get(i));
      }
      for (RankedRequest answer : flush(ranker)) {
        assertThat(answer.impressions()).as("seed %d", SEED).hasSize(SLOTS);
        for (int slot = 0; slot < SLOTS; slot++) {
          assertLogged(answer.ranking(), slot, answer.impressions().get(slot));
        }
      }
    }
  }

  private void assertLogged(Ranking ranking, int slot, Impression shown) {
    RankedItem item = ranking.getItems().get(slot);
    assertThat(shown.getImpressionId()).isEqualTo(ranking.getRequestId() + "/" + item.getItemId());
    assertThat(shown.getRequestId()).isEqualTo(ranking.getRequestId());
    assertThat(shown.getUserId()).isEqualTo(ranking.getUserId());
    assertThat(shown.getItemId()).isEqualTo(item.getItemId());
    assertThat(shown.getPosition()).isEqualTo(slot + 1);
    assertThat(shown.getPropensity()).isEqualTo(1);
    assertThat(shown.getScore()).isEqualTo(item.getScore());
    assertThat(shown.getRelease()).isEqualTo(TrainedShop.RELEASE);
    assertThat(shown.getCatalogFingerprint()).isEqualTo(SHOP.catalog().fingerprint());
    assertThat(shown.getRows()).containsExactlyElementsOf(encodeLogged(shown));
  }

  /** The label join hands logged values to the training, which encodes them anew. */
  private static List<Integer> encodeLogged(Impression shown) {
    Object[] values =
        new FeatureBinder(SHOP.catalog())
            .bindLogged(shown.getUserId(), shown.getItemId(), shown.getFeatures());
    int[] rows = new int[SHOP.encoder().lookups()];
    SHOP.encoder().encode(values, rows, new float[rows.length], 0);
    return IntStream.of(rows).boxed().toList();
  }

  @Test
  void shouldLogNoMoreThanThereIs() throws IOException {
    try (BatchRanker ranker = ranker(64)) {
      RankingRequest all = Shop.request("r1", 2, 9, random);
      RankingRequest none = Shop.request("r2", 2, 0, random);

      assertThat(only(ranker, all, Shop.features(all, random)).impressions()).hasSize(2);
      assertThat(only(ranker, none, Shop.features(none, random)).impressions()).isEmpty();
    }
  }

  @Test
  void shouldKeepTheBatchWholeAroundARequestThatIsRefused() throws IOException {
    try (BatchRanker ranker = ranker(64)) {
      RankingRequest before = Shop.request("before", 4, SLOTS, random);
      RankingRequest bad = Shop.request("bad", 4, SLOTS, random);
      bad.setCandidates(new ArrayList<>(bad.getCandidates()));
      bad.getCandidates().set(3, new Candidate("i1", Map.of("price", Double.NaN)));
      RankingRequest after = Shop.request("after", 4, SLOTS, random);
      FeaturisedRequest featuresBefore = Shop.features(before, random);
      FeaturisedRequest featuresAfter = Shop.features(after, random);

      ranker.add(before, featuresBefore);
      assertThatThrownBy(() -> ranker.add(bad, Shop.withoutFeatures(bad)))
          .isInstanceOf(FeatureException.class)
          .hasMessage("price must be finite, found NaN");
      ranker.add(after, featuresAfter);

      List<RankedRequest> answers = flush(ranker);
      assertThat(answers).hasSize(2);
      assertRankedBy(scoresByHand(before, featuresBefore), answers.get(0).ranking());
      assertRankedBy(scoresByHand(after, featuresAfter), answers.get(1).ranking());
    }
  }

  @Test
  void shouldSayWhenTheBatchIsFull() throws IOException {
    try (BatchRanker ranker = ranker(10)) {
      assertThat(add(ranker, 4)).isFalse();
      assertThat(add(ranker, 5)).isFalse();
      assertThat(add(ranker, 1)).isTrue();
      assertThat(ranker.waiting()).isEqualTo(3);
      assertThat(flush(ranker)).hasSize(3);
      assertThat(ranker.waiting()).isZero();
      assertThat(flush(ranker)).isEmpty();
      assertThat(add(ranker, 9)).isFalse();
      assertThat(add(ranker, 25)).isTrue();
    }
  }

  private boolean add(BatchRanker ranker, int candidates) {
    RankingRequest request = Shop.request("r", candidates, 0, random);
    return ranker.add(request, Shop.features(request, random));
  }

  @Test
  void shouldExploreUntilThereIsARelease() {
    try (BatchRanker ranker = new BatchRanker(SHOP.catalog(), SEED, 64)) {
      RankingRequest request = Shop.request("r1", 8, SLOTS, random);
      RankedRequest answer = only(ranker, request, Shop.features(request, random));
      Ranking ranking = answer.ranking();

      assertThat(ranker.live()).isEmpty();
      assertThat(ranking.getRelease()).isEqualTo("exploration");
      assertThat(ranking.getBundleSha256()).isNull();
      assertThat(ranking.getProvider()).isNull();
      assertThat(ranking.getCatalogFingerprint()).isEqualTo(SHOP.catalog().fingerprint());
      assertThat(answer.impressions()).hasSize(SLOTS);
      for (int slot = 0; slot < SLOTS; slot++) {
        Impression shown = answer.impressions().get(slot);
        assertThat(shown.getItemId()).isEqualTo(ranking.getItems().get(slot).getItemId());
        assertThat(shown.getPosition()).isEqualTo(slot + 1);
        assertThat(shown.getRelease()).isEqualTo("exploration");
        assertThat(shown.getPropensity()).isEqualTo(1.0 / 8);
        assertThat(shown.getScore()).isNull();
        assertThat(shown.getRows()).isEmpty();
        assertThat(shown.getFeatures()).containsKeys("country", "price", "tags");
        assertThat(encodeLogged(shown)).hasSize(SHOP.encoder().lookups());
      }
    }
  }

  @Test
  void shouldChangeReleasesBetweenRequestsOnly() throws IOException {
    try (BatchRanker ranker = new BatchRanker(SHOP.catalog(), SEED, 64);
        Release refused = release()) {
      assertThat(releaseOfTheNext(ranker)).isEqualTo("exploration");
      ranker.use(release());
      assertThat(releaseOfTheNext(ranker)).isEqualTo(TrainedShop.RELEASE);

      add(ranker, 2);
      assertThatThrownBy(() -> ranker.use(refused))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a release must not change under requests that wait, found 1");
      assertThat(flush(ranker))
          .allMatch(answer -> answer.ranking().getRelease().equals(TrainedShop.RELEASE));

      ranker.use(null);
      assertThat(releaseOfTheNext(ranker)).isEqualTo("exploration");
    }
  }

  private String releaseOfTheNext(BatchRanker ranker) {
    RankingRequest request = Shop.request("next", 3, 1, random);
    return only(ranker, request, Shop.features(request, random)).ranking().getRelease();
  }

  @Test
  void shouldCloseTheReleaseThatIsNoLongerLive() throws IOException {
    Release first = release();
    Release second = release();
    try (BatchRanker ranker = new BatchRanker(SHOP.catalog(), SEED, 64)) {
      ranker.use(first);
      ranker.use(second);
      assertClosed(first);
      assertThat(ranker.live()).containsSame(second);
      assertThat(releaseOfTheNext(ranker)).isEqualTo(TrainedShop.RELEASE);
    }
    assertClosed(second);
  }

  private static void assertClosed(Release release) {
    Object[] nothing = new Object[SHOP.catalog().fields().size()];
    assertThatThrownBy(() -> score(release.scorer(), nothing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void shouldRankWithAVocabulary() throws IOException {
    TrainedShop shop = TrainedShop.withVocabulary();
    Path directory = folder.resolve("vocabulary");
    ModelBundle written = shop.write(directory);
    try (BatchRanker ranker = new BatchRanker(shop.catalog(), SEED, 64)) {
      ranker.use(
          Release.load(
              TrainedShop.release(written, directory),
              shop.catalog().fingerprint(),
              ScorerSettings.DEFAULT));
      RankingRequest request = Shop.request("r1", 5, 5, random);
      RankedRequest answer = only(ranker, request, Shop.features(request, random));

      assertThat(answer.ranking().getRelease()).isEqualTo(TrainedShop.RELEASE);
      assertThat(answer.impressions())
          .allSatisfy(
              shown ->
                  assertThat(shown.getRows())
                      .hasSize(shop.encoder().lookups())
                      .allMatch(row -> row >= 0 && row < shop.encoder().tableRows()));
    }
  }
}
