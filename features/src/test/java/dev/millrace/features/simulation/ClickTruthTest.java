package dev.millrace.features.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.RankingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo's summary may promise, whatever the seed. */
class ClickTruthTest {
  private static final int REQUESTS = 4_000;
  private static final int CANDIDATES = 20;
  private static final int SLOTS = 3;

  private record Draw(double probability, boolean clicked) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 7, 42})
  void shouldLeaveAPerfectRankerRoomAboveChance(long seed) {
    List<Draw> draws = draws(seed);

    assertThat(draws).allMatch(draw -> draw.probability > 0 && draw.probability < 1);
    double expected = draws.stream().mapToDouble(Draw::probability).sum();
    double variance = draws.stream().mapToDouble(d -> d.probability * (1 - d.probability)).sum();
    double clicks = draws.stream().filter(Draw::clicked).count();
    double rate = expected / draws.size();
    double auc = auc(draws);
    double lift = bestSlots(draws) / (rate * SLOTS * REQUESTS);
    assertThat(Math.abs(clicks - expected) / Math.sqrt(variance))
        .as("sigmas, seed " + seed)
        .isLessThan(4);
    assertThat(rate).as("click rate, seed " + seed).isBetween(0.08, 0.15);
    assertThat(auc).as("AUC of the truth, seed " + seed).isBetween(0.78, 0.85);
    assertThat(lift).as("lift of the truth, seed " + seed).isBetween(2.5, 3.5);
  }

  private static List<Draw> draws(long seed) {
    var audience =
        new SimulatedAudience(
            new SimulationConfig(
                seed,
                2_000,
                1_000,
                REQUESTS,
                CANDIDATES,
                SLOTS,
                Instant.parse("2026-01-05T00:00:00Z"),
                Duration.ofDays(1)));
    return IntStream.range(0, REQUESTS)
        .mapToObj(audience::request)
        .flatMap(
            request -> IntStream.range(0, CANDIDATES).mapToObj(i -> draw(audience, request, i)))
        .toList();
  }

  private static Draw draw(SimulatedAudience audience, RankingRequest request, int candidate) {
    double probability = audience.clickProbability(request, candidate);
    String itemId = request.getCandidates().get(candidate).getItemId();
    return new Draw(probability, audience.clicks(request.getRequestId(), itemId, probability));
  }

  /** Mann-Whitney; the probabilities hardly ever tie. */
  private static double auc(List<Draw> draws) {
    List<Draw> ascending =
        draws.stream().sorted(Comparator.comparingDouble(Draw::probability)).toList();
    double rankSum = 0;
    double positives = 0;
    for (int i = 0; i < ascending.size(); i++) {
      if (ascending.get(i).clicked) {
        rankSum += i + 1;
        positives++;
      }
    }
    double negatives = ascending.size() - positives;
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
  }

  /** Expected clicks when the SLOTS most likely candidates of each request are shown. */
  private static double bestSlots(List<Draw> draws) {
    double sum = 0;
    for (int i = 0; i < draws.size(); i += CANDIDATES) {
      double[] ascending =
          draws.subList(i, i + CANDIDATES).stream()
              .mapToDouble(Draw::probability)
              .sorted()
              .toArray();
      sum += Arrays.stream(ascending, CANDIDATES - SLOTS, CANDIDATES).sum();
    }
    return sum;
  }
}
