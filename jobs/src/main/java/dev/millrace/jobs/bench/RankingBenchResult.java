package dev.millrace.jobs.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The figures of every repetition; a ratio is always of two figures of the same repetition. */
final class RankingBenchResult {

  private final RankingBenchConfig config;
  private final List<Map<Variant, Measurement>> rounds = new ArrayList<>();

  RankingBenchResult(RankingBenchConfig config) {
    this.config = config;
  }

  /**
   * Adds a repetition.
   *
   * @param measured every variant
   */
  void add(Map<Variant, Measurement> measured) {
    for (Variant variant : Variant.values()) {
      if (!measured.containsKey(variant)) {
        throw new IllegalArgumentException(
            "every variant must be measured, found none of " + variant.key());
      }
    }
    rounds.add(new EnumMap<>(measured));
  }

  RankingBenchConfig config() {
    return config;
  }

  Spread requestsPerSecond(Variant variant) {
    return spread(round -> round.get(variant).requestsPerSecond());
  }

  Spread candidatesPerSecond(Variant variant) {
    return requestsPerSecond(variant).map(requests -> requests * config.candidates());
  }

  Spread cpuSecondsPerRequest(Variant variant) {
    return spread(round -> round.get(variant).cpuSecondsPerRequest());
  }

  /** How many times as fast {@code variant} is as {@code base}. */
  Spread ratio(Variant variant, Variant base) {
    return spread(
        round -> round.get(variant).requestsPerSecond() / round.get(base).requestsPerSecond());
  }

  private Spread spread(ToDoubleFunction<Map<Variant, Measurement>> figure) {
    return Spread.of(rounds.stream().mapToDouble(figure).toArray());
  }
}
