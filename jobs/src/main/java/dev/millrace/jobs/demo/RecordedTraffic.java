package dev.millrace.jobs.demo;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.InteractionIterator;
import dev.millrace.features.data.InteractionLog;
import dev.millrace.features.data.LoggedInteraction;
import dev.millrace.features.labels.Attribution;
import dev.millrace.features.quality.AlarmThresholds;
import dev.millrace.features.quality.Windows;
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
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A recorded log: its impressions and clicks with their real times, each topic in event-time order.
 * Once a model is live the requests that the impressions answered are asked again.
 */
final class RecordedTraffic implements Traffic {

  private static final Duration ATTRIBUTION_WINDOW = Duration.ofMinutes(30);
  private static final Duration ALLOWED_LATENESS = Duration.ofMinutes(5);
  private static final int MAX_UNANSWERED = 10_000;

  private final InteractionLog log;
  private final InteractionIterator interactions;
  private final TopicProducer<Impression> impressions;
  private final TopicProducer<Click> clicks;
  private final TopicProducer<RankingRequest> requests;
  private final long events;
  private final long expectedClicks;

  /** Clicks lie ahead of their impressions in time and wait here for their turn. */
  private final PriorityQueue<Click> upcoming =
      new PriorityQueue<>(Comparator.comparing(Click::getTimestamp));

  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
  private final ScoredClicks ranked = new ScoredClicks();
  private long rankings;
  private long fed;

  /**
   * @param candidates of each request
   * @param seed of what the log does not hold: click delays and other candidates
   */
  RecordedTraffic(KafkaSettings kafka, InteractionLog log, int candidates, long seed)
      throws IOException {
    this.log = log;
    long impressionCount = 0;
    long clickCount = 0;
    try (InteractionIterator counted = log.open(1, seed)) {
      while (counted.hasNext()) {
        impressionCount++;
        clickCount += counted.next().click().isPresent() ? 1 : 0;
      }
    }
    this.events = impressionCount;
    this.expectedClicks = clickCount;
    this.interactions = log.open(candidates, seed);
    this.impressions = new TopicProducer<>(kafka, Topic.IMPRESSIONS);
    this.clicks = new TopicProducer<>(kafka, Topic.CLICKS);
    this.requests = new TopicProducer<>(kafka, Topic.RANKING_REQUESTS);
  }

  @Override
  public String format() {
    return log.format();
  }

  @Override
  public FeatureCatalog catalog() {
    return log.catalog();
  }

  @Override
  public Attribution attribution() {
    return new Attribution(ATTRIBUTION_WINDOW, ALLOWED_LATENESS);
  }

  @Override
  public EventTimeSettings eventTime() {
    return new EventTimeSettings(Duration.ZERO, Duration.ZERO);
  }

  @Override
  public FeatureRankingSettings featureRanking() {
    return new FeatureRankingSettings(
        new Windows(Duration.ofDays(1), Duration.ofDays(60)),
        Duration.ofDays(7),
        FeatureRankingSettings.DEFAULT_MAX_COUNTS,
        FeatureRankingSettings.DEFAULT_LINGER,
        AlarmThresholds.DEFAULT);
  }

  @Override
  public long events() {
    return events;
  }

  @Override
  public String unit() {
    return "impressions";
  }

  @Override
  public void feed(long until, boolean modelIsLive, Pace pace) throws InterruptedException {
    for (; fed < until && interactions.hasNext(); fed++) {
      LoggedInteraction interaction = interactions.next();
      Impression impression = interaction.impression();
      while (!upcoming.isEmpty()
          && upcoming.peek().getTimestamp().isBefore(impression.getTimestamp())) {
        clicks.send(upcoming.poll());
      }
      if (modelIsLive) {
        pace.await(requests.sent(), MAX_UNANSWERED);
        outcomes.put(
            interaction.request().getRequestId(),
            new Outcome(impression.getItemId(), interaction.click().isPresent()));
        requests.send(interaction.request());
      }
      impressions.send(impression);
      interaction.click().ifPresent(upcoming::add);
      pace.fed(fed + 1);
    }
    if (fed == events) {
      while (!upcoming.isEmpty()) {
        clicks.send(upcoming.poll());
      }
    }
    impressions.flush();
    clicks.flush();
    requests.flush();
  }

  @Override
  public void onImpression(Impression impression) {
    // Who saw it has clicked or not, long ago.
  }

  @Override
  public void onRanking(Ranking ranking) {
    Outcome outcome = outcomes.remove(ranking.getRequestId());
    if (ranking.getBundleSha256() == null) {
      return;
    }
    for (RankedItem item : ranking.getItems()) {
      if (item.getItemId().equals(outcome.itemId())) {
        ranked.add(item.getScore(), outcome.clicked());
      }
    }
    rankings++;
  }

  @Override
  public long requests() {
    return requests.sent();
  }

  @Override
  public long expectedImpressions() {
    return events;
  }

  @Override
  public long expectedClicks() {
    return expectedClicks;
  }

  @Override
  public LiveQuality quality() {
    return new LiveQuality(rankings, ranked.metrics(), OptionalDouble.empty(), null);
  }

  @Override
  public Map<String, String> provenance() {
    return Map.of("data", format());
  }

  @Override
  public void close() throws IOException {
    try (interactions;
        impressions;
        clicks;
        requests) {
      outcomes.clear();
    }
  }

  /** What really happened: the item shown, and whether it was clicked. */
  private record Outcome(String itemId, boolean clicked) {}
}
