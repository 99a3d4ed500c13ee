package dev.millrace.jobs.demo;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.labels.Attribution;
import dev.millrace.features.quality.AlarmThresholds;
import dev.millrace.features.quality.Windows;
import dev.millrace.features.simulation.SimulatedAudience;
import dev.millrace.features.simulation.SimulationConfig;
import dev.millrace.jobs.demo.LiveQuality.ExpectedClicks;
import dev.millrace.jobs.features.FeatureRankingSettings;
import dev.millrace.jobs.io.EventTimeSettings;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.TopicProducer;
import dev.millrace.schemas.Click;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.RankedItem;
import dev.millrace.schemas.Ranking;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A simulated audience in the loop: it asks for rankings, looks at the impressions that come of
 * them and clicks, by probabilities that it knows.
 */
final class SimulatedTraffic implements Traffic {

  private static final Duration ATTRIBUTION_WINDOW = Duration.ofMinutes(5);
  private static final Duration ALLOWED_LATENESS = Duration.ofMinutes(5);

  /**
   * Share of the requests that may be without an answer. Impressions of one partition are out of
   * order by less than the time these span, and so event time must allow for it.
   */
  private static final double UNANSWERED_SHARE = 0.05;

  private final SimulatedAudience audience;
  private final TopicProducer<RankingRequest> requests;
  private final TopicProducer<Click> clicks;
  private final ScoredClicks ranked = new ScoredClicks();
  private final ScoredClicks truth = new ScoredClicks();
  private long rankings;
  private double expectedRandom;
  private double expectedRanked;
  private double expectedBest;
  private int fed;

  SimulatedTraffic(KafkaSettings kafka, SimulationConfig config) {
    this.audience = new SimulatedAudience(config);
    this.requests = new TopicProducer<>(kafka, Topic.RANKING_REQUESTS);
    this.clicks = new TopicProducer<>(kafka, Topic.CLICKS);
  }

  @Override
  public String format() {
    return SimulatedAudience.FORMAT;
  }

  @Override
  public FeatureCatalog catalog() {
    return audience.catalog();
  }

  @Override
  public Attribution attribution() {
    return new Attribution(ATTRIBUTION_WINDOW, ALLOWED_LATENESS);
  }

  @Override
  public EventTimeSettings eventTime() {
    SimulationConfig config = audience.config();
    Duration unanswered =
        config.span().dividedBy(config.requests()).multipliedBy(maxUnanswered() + 1L);
    return new EventTimeSettings(unanswered, Duration.ZERO);
  }

  private int maxUnanswered() {
    return (int) (audience.config().requests() * UNANSWERED_SHARE);
  }

  @Override
  public FeatureRankingSettings featureRanking() {
    return new FeatureRankingSettings(
        new Windows(Duration.ofHours(1), Duration.ofDays(1)),
        Duration.ofHours(6),
        FeatureRankingSettings.DEFAULT_MAX_COUNTS,
        FeatureRankingSettings.DEFAULT_LINGER,
        AlarmThresholds.DEFAULT);
  }

  @Override
  public long events() {
    return audience.config().requests();
  }

  @Override
  public String unit() {
    return "requests";
  }

  @Override
  public void feed(long until, boolean modelIsLive, Pace pace) throws InterruptedException {
    for (; fed < until; fed++) {
      pace.await(fed, maxUnanswered());
      requests.send(audience.request(fed));
      pace.fed(fed + 1);
    }
    requests.flush();
  }

  @Override
  public void onImpression(Impression impression) {
    double probability = audience.clickProbability(impression);
    if (audience.clicks(impression.getRequestId(), impression.getItemId(), probability)) {
      clicks.send(audience.click(impression));
    }
  }

  @Override
  public void onRanking(Ranking ranking) {
    if (ranking.getBundleSha256() == null) {
      return;
    }
    RankingRequest request =
        audience.request(
            Integer.parseInt(ranking.getRequestId(), 1, ranking.getRequestId().length(), 10));
    Map<String, Double> probabilities = new HashMap<>();
    for (int i = 0; i < request.getCandidates().size(); i++) {
      probabilities.put(
          request.getCandidates().get(i).getItemId(), audience.clickProbability(request, i));
    }
    for (RankedItem item : ranking.getItems()) {
      double probability = probabilities.get(item.getItemId());
      boolean clicked = audience.clicks(ranking.getRequestId(), item.getItemId(), probability);
      ranked.add(item.getScore(), clicked);
      truth.add(probability, clicked);
      if (item.getPosition() <= request.getSlots()) {
        expectedRanked += probability;
      }
    }
    double[] ascending =
        probabilities.values().stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int slots = Math.min(request.getSlots(), ascending.length);
    expectedBest += Arrays.stream(ascending, ascending.length - slots, ascending.length).sum();
    expectedRandom += Arrays.stream(ascending).average().orElse(0) * slots;
    rankings++;
  }

  @Override
  public long requests() {
    return requests.sent();
  }

  @Override
  public long expectedImpressions() {
    return requests.sent() * audience.config().slots();
  }

  @Override
  public long expectedClicks() {
    clicks.flush();
    return clicks.sent();
  }

  @Override
  public LiveQuality quality() {
    OptionalDouble best = truth.metrics().auc();
    return new LiveQuality(
        rankings,
        ranked.metrics(),
        best,
        new ExpectedClicks(
            expectedRandom / rankings, expectedRanked / rankings, expectedBest / rankings));
  }

  @Override
  public Map<String, String> provenance() {
    SimulationConfig config = audience.config();
    return Map.of("data", format(), "data.config", config.toString());
  }

  @Override
  public void close() {
    try (requests;
        clicks) {
      fed = 0;
    }
  }
}
