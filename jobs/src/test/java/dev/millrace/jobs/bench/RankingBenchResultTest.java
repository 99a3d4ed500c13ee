package dev.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingBenchResultTest {

  private static final RankingBenchConfig TWENTY_CANDIDATES =
      new RankingBenchConfig(1_000, 20, 2, 3, 42);
  private static final Machine MACHINE = new Machine("cpu", 2, "17", "2.2", "4.2", "1.28");

  /** A repetition in which every variant but two makes 1,000 requests/s. */
  private static Map<Variant, Measurement> round(double passThrough, double ranking) {
    Map<Variant, Measurement> round = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      round.put(variant, new Measurement(1_000, 0.002));
    }
    round.put(Variant.PASS_THROUGH, new Measurement(passThrough, 1 / passThrough));
    round.put(Variant.RANKING, new Measurement(ranking, 1 / ranking));
    return round;
  }

  private static RankingBenchResult threeRounds() {
    RankingBenchResult result = new RankingBenchResult(TWENTY_CANDIDATES);
    result.add(round(10_000, 1_000));
    result.add(round(40_000, 2_000));
    result.add(round(20_000, 500));
    return result;
  }

  @Test
  void shouldTakeTheRatioWithinEachRepetition() {
    Spread ratio = threeRounds().ratio(Variant.RANKING, Variant.PASS_THROUGH);

    // Of the medians it would be 1,000 / 20,000, which is no repetition's.
    assertThat(ratio).isEqualTo(Spread.of(0.1, 0.05, 0.025));
  }

  @Test
  void shouldCountTheCandidatesOfEachRequest() {
    assertThat(threeRounds().candidatesPerSecond(Variant.RANKING))
        .isEqualTo(new Spread(10_000, 20_000, 40_000));
  }

  @Test
  void shouldTellTheCpuTimeOfARequest() {
    assertThat(threeRounds().cpuSecondsPerRequest(Variant.RANKING))
        .isEqualTo(new Spread(0.0005, 0.001, 0.002));
  }

  @Test
  void shouldRefuseARepetitionWithoutAVariant() {
    Map<Variant, Measurement> round = round(10_000, 1_000);
    round.remove(Variant.SCORER);

    assertThatThrownBy(() -> new RankingBenchResult(TWENTY_CANDIDATES).add(round))
        .hasMessage("every variant must be measured, found none of scorer");
  }

  @Test
  void shouldRefuseAMeasurementOfNothing() {
    assertThatThrownBy(() -> new Measurement(0, 1))
        .hasMessage("requestsPerSecond must be finite and > 0, found 0.0");
    assertThatThrownBy(() -> new Measurement(1, Double.POSITIVE_INFINITY))
        .hasMessage("cpuSecondsPerRequest must be finite and >= 0, found Infinity");
  }

  @Test
  void shouldWriteEveryVariantIntoOneLineOfJson() throws Exception {
    String line = RankingBenchReport.json(threeRounds(), MACHINE);

    assertThat(line).doesNotContain("\n");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.path("variants").size()).isEqualTo(Variant.values().length);
    assertThat(json.at("/variants/ranking/ofPassThrough/median").asDouble()).isEqualTo(0.05);
    assertThat(json.at("/variants/ranking/ofScorer/max").asDouble()).isEqualTo(2);
    assertThat(json.at("/variants/passThrough/requestsPerSecond/min").asDouble()).isEqualTo(10_000);
  }

  @Test
  void shouldGiveEveryVariantItsRowInTheTable() {
    assertThat(RankingBenchReport.text(threeRounds(), MACHINE).lines())
        .anyMatch(row -> row.startsWith("ranking job") && row.contains("0.050 (0.025 to 0.100)"))
        .filteredOn(row -> row.contains("requests/s") || row.contains(" to "))
        .hasSizeGreaterThan(Variant.values().length);
  }

  @Test
  void shouldNameTheOptionThatIsOutOfItsRange() {
    assertThatThrownBy(() -> new RankingBenchConfig(10, 20, 2, 3, 42))
        .hasMessage("--requests must be between 1000 and 1000000, found 10");
    assertThatThrownBy(() -> new RankingBenchConfig(1_000, 0, 2, 3, 42))
        .hasMessage("--candidates must be between 1 and 400, found 0");
    assertThatThrownBy(() -> new RankingBenchConfig(1_000, 20, 17, 3, 42))
        .hasMessage("--parallelism must be between 1 and 16, found 17");
    assertThatThrownBy(() -> new RankingBenchConfig(1_000, 20, 2, 0, 42))
        .hasMessage("--repetitions must be between 1 and 100, found 0");
  }
}
