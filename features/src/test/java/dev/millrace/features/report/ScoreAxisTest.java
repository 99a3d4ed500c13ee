package dev.millrace.features.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.features.ranking.Relevance;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreAxisTest {
  private static final Relevance NOISE = Rankings.relevance(-0.0001, 0.0002);

  @Test
  void shouldBeLinearWhereEveryScoreIsSeen() {
    ScoreAxis axis =
        ScoreAxis.of(
            List.of(Rankings.relevance(0.04, 0.001), Rankings.relevance(0.01, 0.001), NOISE));

    assertThat(axis.isLinear()).isTrue();
    double zero = axis.percent(0);
    assertThat(axis.percent(0.04) - zero).isCloseTo(4 * (axis.percent(0.01) - zero), within(1e-9));
    assertThat(axis.ticks()).containsExactly(0, 0.01, 0.02, 0.03, 0.04);
  }

  @Test
  void shouldTurnLogarithmicWhereScoresSpanDecades() {
    ScoreAxis axis =
        ScoreAxis.of(
            List.of(Rankings.relevance(0.69, 0.001), Rankings.relevance(0.002, 0.0002), NOISE));

    assertThat(axis.isLinear()).isFalse();
    assertThat(axis.percent(0.002) - axis.percent(0)).isGreaterThan(5);
    assertThat(axis.percent(0.1) - axis.percent(0.01))
        .isCloseTo(axis.percent(0.01) - axis.percent(0.001), within(5.0));
    assertThat(axis.ticks()).isSorted().contains(0, 0.001, 0.01, 0.1);
  }

  @Test
  void shouldHoldZeroAndEveryIntervalInOrder() {
    List<Relevance> scores =
        List.of(
            Rankings.relevance(0.69, 0.3),
            Rankings.relevance(0.0004, 0.0001),
            NOISE,
            Rankings.relevance(-0.2, 0.1));

    ScoreAxis axis = ScoreAxis.of(scores);

    double last = 0;
    for (double score = -0.45; score < 1.4; score += 0.001) {
      assertThat(axis.percent(score)).isBetween(last, 100.0);
      last = axis.percent(score);
    }
    assertThat(axis.percent(scores.get(0).upper())).isLessThan(100);
    assertThat(axis.percent(scores.get(3).lower())).isGreaterThan(0);
    assertThat(axis.ticks()).contains(0);
  }

  @Test
  void shouldBeLinearWhereEveryScoreIsBelowZero() {
    ScoreAxis axis = ScoreAxis.of(List.of(NOISE, Rankings.relevance(-0.004, 0.001)));

    assertThat(axis.isLinear()).isTrue();
    assertThat(axis.ticks()).contains(0).hasSizeLessThan(12);
  }

  @Test
  void shouldPlaceZeroWhereNothingIsToldAtAll() {
    ScoreAxis axis = ScoreAxis.of(List.of(Rankings.relevance(0, 0)));

    assertThat(axis.percent(0)).isZero();
    assertThat(axis.ticks()).contains(0);
  }
}
