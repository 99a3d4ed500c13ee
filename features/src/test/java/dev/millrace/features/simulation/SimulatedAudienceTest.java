package dev.millrace.features.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.Click;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.RankingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatedAudienceTest {
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration SPAN = Duration.ofDays(1);
  private static final int REQUESTS = 2_000;
  private static final SimulationConfig CONFIG =
      new SimulationConfig(11, 500, 400, REQUESTS, 20, 3, START, SPAN);

  private final SimulatedAudience audience = new SimulatedAudience(CONFIG);

  @Test
  void shouldGiveTheSameRequestsInAnyOrderOfAsking() {
    SimulatedAudience again = new SimulatedAudience(CONFIG);

    for (int i = REQUESTS - 1; i >= 0; i--) {
      assertThat(again.request(i)).isEqualTo(audience.request(i));
    }
  }

  @Test
  void shouldGiveOtherRequestsForAnotherSeed() {
    var other =
        new SimulatedAudience(new SimulationConfig(12, 500, 400, REQUESTS, 20, 3, START, SPAN));

    assertThat(other.request(0)).isNotEqualTo(audience.request(0));
  }

  @Test
  void shouldOrderRequestsStrictlyByTimeWithinTheSpan() {
    Instant previous = START.minusMillis(1);
    for (int i = 0; i < REQUESTS; i++) {
      Instant timestamp = audience.request(i).getTimestamp();
      assertThat(timestamp).isAfter(previous).isBefore(START.plus(SPAN));
      previous = timestamp;
    }
  }

  @Test
  void shouldOrderRequestsStrictlyWhereEachHasAMillisecond() {
    var dense =
        new SimulatedAudience(
            new SimulationConfig(11, 5, 4, 100, 1, 1, START, Duration.ofMillis(150)));

    for (int i = 1; i < 100; i++) {
      assertThat(dense.request(i).getTimestamp()).isAfter(dense.request(i - 1).getTimestamp());
    }
  }

  @Test
  void shouldFillEveryFieldOfItsCatalogueThatDoesNotStream() {
    FeatureBinder binder = new FeatureBinder(audience.catalog());
    Map<String, Object> ofUser = Map.of("recent_clicks", List.of("i1"));
    Map<String, Object> ofItem = Map.of("item_ctr", 0.1, "item_impressions", 20L);

    for (int i = 0; i < REQUESTS; i++) {
      RankingRequest request = audience.request(i);
      assertThat(request.getCandidates())
          .hasSize(20)
          .extracting(Candidate::getItemId)
          .doesNotHaveDuplicates();
      Object[] row = binder.newRow();
      binder.bindUser(row, request.getUserId(), request.getContext(), ofUser);
      for (Candidate candidate : request.getCandidates()) {
        binder.bindItem(row, candidate.getItemId(), candidate.getFeatures(), ofItem);
        assertThat(row).doesNotContainNull();
      }
    }
  }

  @Test
  void shouldKnowTheSameProbabilityOfARequestAndOfItsImpression() {
    RankingRequest request = audience.request(5);

    assertThat(audience.clickProbability(impression(request, 4)))
        .isEqualTo(audience.clickProbability(request, 4));
  }

  @Test
  void shouldDrawTheSameClickWhereverItIsAskedFor() {
    boolean clicked = audience.clicks("r1", "i7", 0.5);

    assertThat(new SimulatedAudience(CONFIG).clicks("r1", "i7", 0.5)).isEqualTo(clicked);
    assertThat(audience.clicks("r1", "i7", 0)).isFalse();
    assertThat(audience.clicks("r1", "i7", 1)).isTrue();
  }

  @Test
  void shouldClickSecondsAfterTheImpression() {
    for (int i = 0; i < REQUESTS; i++) {
      Impression impression = impression(audience.request(i), 0);
      Click click = audience.click(impression);
      assertThat(click.getImpressionId()).isEqualTo(impression.getImpressionId());
      assertThat(click.getUserId()).isEqualTo(impression.getUserId());
      assertThat(click.getItemId()).isEqualTo(impression.getItemId());
      assertThat(Duration.between(impression.getTimestamp(), click.getTimestamp()))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30).minusMillis(1));
      assertThat(audience.click(impression)).isEqualTo(click);
    }
  }

  @Test
  void shouldLetTheQualityOfSomeItemsDrift() {
    int drifting = 0;
    for (int item = 0; item < CONFIG.items(); item++) {
      Impression first = impression("i" + item, START);
      Impression last = impression("i" + item, START.plus(SPAN));
      double change = audience.clickProbability(last) / audience.clickProbability(first);
      drifting += change > 1.5 || change < 1 / 1.5 ? 1 : 0;
    }

    assertThat(drifting).as("of 400, seed 11").isBetween(80, 160);
  }

  @Test
  void shouldRefuseAnItemOrAUserItDoesNotHave() {
    assertThatThrownBy(() -> audience.clickProbability(impression("i400", START)))
        .hasMessage("id must be i0 to i399, found \"i400\"");
    assertThatThrownBy(() -> audience.clickProbability(impression("men/1", START)))
        .hasMessage("id must be i0 to i399, found \"men/1\"");
  }

  private static Impression impression(RankingRequest request, int candidate) {
    Candidate shown = request.getCandidates().get(candidate);
    Map<String, Object> features = new HashMap<>(request.getContext());
    features.putAll(shown.getFeatures());
    return Impression.newBuilder(impression(shown.getItemId(), request.getTimestamp()))
        .setImpressionId(request.getRequestId() + "/" + shown.getItemId())
        .setUserId(request.getUserId())
        .setFeatures(features)
        .build();
  }

  private static Impression impression(String itemId, Instant timestamp) {
    return Impression.newBuilder()
        .setImpressionId("any")
        .setUserId("u0")
        .setItemId(itemId)
        .setTimestamp(timestamp)
        .build();
  }
}
