package dev.millrace.features.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Relevance;
import java.util.List;
import org.junit.jupiter.api.Test;

class InteractionReadingTest {
  @Test
  void shouldReadTheSignOfAnInteractionBeyondTheInterval() {
    assertThat(InteractionReading.of(Rankings.pair("a", "b", -0.01, 0)))
        .isEqualTo(InteractionReading.SYNERGY);
    assertThat(InteractionReading.of(Rankings.pair("a", "b", 0.01, 0)))
        .isEqualTo(InteractionReading.REDUNDANCY);
    assertThat(InteractionReading.of(Rankings.pair("a", "b", 0.0025, 0)))
        .isEqualTo(InteractionReading.NONE);
    assertThat(InteractionReading.of(Rankings.pair("a", "b", Double.NaN, 0)))
        .isEqualTo(InteractionReading.NONE);
  }

  @Test
  void shouldNotReadAnInteractionThatNoiseDrowns() {
    Relevance saturated = new Relevance(0.001, 0.5, 0.499, 0.0001, 0.0001, 0.5, 0.1);
    RankedGroup pair =
        new RankedGroup(List.of("id", "site"), saturated, 9_999, 0, 0.04, List.of(0.0, 0.0), 0, 0);

    assertThat(InteractionReading.of(pair)).isEqualTo(InteractionReading.UNCLEAR);
  }
}
