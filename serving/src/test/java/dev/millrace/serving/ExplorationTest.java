package dev.millrace.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExplorationTest {

  private static final List<String> ITEMS = List.of("a", "b", "c", "d");
  private static final int REQUESTS = 24_000;
  private static final int ORDERS = 24;

  /** scipy.stats.chi2.ppf(0.999, 23), of the 24 orders of four items. */
  private static final double CHI_SQUARE = 49.728;

  private static List<String> order(Exploration exploration, String requestId) {
    return ITEMS.stream()
        .sorted(Comparator.comparingDouble(item -> exploration.score(requestId, item)))
        .toList();
  }

  @Test
  void shouldMakeEveryOrderAsLikely() {
    for (long seed : new long[] {0, 1, 42}) {
      Exploration exploration = new Exploration(seed);
      Map<List<String>, Integer> counts = new HashMap<>();
      for (int i = 0; i < REQUESTS; i++) {
        counts.merge(order(exploration, "r" + i), 1, Integer::sum);
      }
      double expected = (double) REQUESTS / ORDERS;
      double chiSquare =
          counts.values().stream()
              .mapToDouble(count -> (count - expected) * (count - expected) / expected)
              .sum();

      assertThat(counts).as("orders of seed %d", seed).hasSize(ORDERS);
      assertThat(chiSquare).as("chi-square of seed %d", seed).isLessThan(CHI_SQUARE);
    }
  }

  @Test
  void shouldDrawTheSameForTheSameSeedOnly() {
    Exploration first = new Exploration(5);
    Exploration again = new Exploration(5);
    Exploration other = new Exploration(6);
    int alike = 0;
    for (int i = 0; i < 1_000; i++) {
      String requestId = "r" + i;
      assertThat(order(first, requestId)).isEqualTo(order(again, requestId));
      alike += order(first, requestId).equals(order(other, requestId)) ? 1 : 0;
    }
    // 1,000 / 24 are expected by chance, with a standard deviation of 6.3.
    assertThat(alike).as("orders that seeds 5 and 6 share").isBetween(15, 70);
  }

  @Test
  void shouldDrawFromTheUnitInterval() {
    Exploration exploration = new Exploration(3);
    double sum = 0;
    for (int i = 0; i < 10_000; i++) {
      double draw = exploration.score("r" + i, "a");
      assertThat(draw).isGreaterThanOrEqualTo(0).isLessThan(1);
      sum += draw;
    }
    // The mean of 10,000 uniform draws has a standard deviation of 0.0029.
    assertThat(sum / 10_000).isBetween(0.488, 0.512);
  }
}
