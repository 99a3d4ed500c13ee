package dev.millrace.models.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupMetricsTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 10_001, Integer.MAX_VALUE})
  void shouldRefuseACutoffOutOfRange(int cutoff) {
    assertThatThrownBy(
            () ->
                new EvaluationConfig(Reliability.Binning.EQUAL_MASS, 15, cutoff, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ndcgCutoff must be in [1, 10000], found " + cutoff);
  }

  @Test
  void shouldWeightAGroupsAucByItsRows() {
    Scores scores = Scores.grouped();
    // AUC 1 of two rows, 0.5 of three: a click between two others.
    scores.add(0.9f, 1, 1);
    scores.add(0.1f, 0, 1);
    scores.add(0.2f, 0, 2);
    scores.add(0.5f, 1, 2);
    scores.add(0.8f, 0, 2);
    // Neither class alone tells anything.
    scores.add(0.9f, 0, 3);
    scores.add(0.9f, 1, 4);
    GroupMetrics metrics = metrics(scores, 10);
    assertThat(metrics.groups()).isEqualTo(4);
    assertThat(metrics.rankedGroups()).isEqualTo(2);
    assertThat(metrics.gauc().getAsDouble()).isCloseTo((2 * 1 + 3 * 0.5) / 5, within(1e-12));
    assertThat(metrics.meanAuc()).hasValue(0.75);
    assertThat(metrics.clickedGroups()).isEqualTo(3);
    // Places 1, 2 and 1: 1, 1/log2(3) and 1.
    assertThat(metrics.ndcg().getAsDouble())
        .isCloseTo((2 + Math.log(2) / Math.log(3)) / 3, within(1e-12));
  }

  @Test
  void shouldCutTheGainOff() {
    Scores scores = Scores.grouped();
    scores.add(0.9f, 0, 1);
    scores.add(0.8f, 1, 1);
    scores.add(0.7f, 1, 1);
    assertThat(metrics(scores, 1).ndcg()).hasValue(0);
    double third = Math.log(2) / Math.log(3);
    assertThat(metrics(scores, 2).ndcg().getAsDouble())
        .isCloseTo(third / (1 + third), within(1e-12));
  }

  @Test
  void shouldLeaveMetricsWithoutAGroupToTellEmpty() {
    Scores scores = Scores.grouped();
    assertThat(metrics(scores, 10).ndcg()).isEmpty();
    scores.add(0.5f, 0, 1);
    GroupMetrics metrics = metrics(scores, 10);
    assertThat(metrics.groups()).isEqualTo(1);
    assertThat(metrics.gauc()).isEmpty();
    assertThat(metrics.meanAuc()).isEmpty();
    assertThat(metrics.ndcg()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldAgreeWithEveryPairAndEveryOrder(long seed) {
    Scores scores = RandomScores.grouped(seed, 40, 9, 0.5, 4);
    GroupMetrics metrics = metrics(scores, 3);
    double area = 0;
    double rows = 0;
    double gain = 0;
    int clicked = 0;
    for (List<Integer> group : groups(scores).values()) {
      double auc = aucByPairs(scores, group);
      if (!Double.isNaN(auc)) {
        area += group.size() * auc;
        rows += group.size();
      }
      int clicks = group.stream().mapToInt(scores::click).sum();
      if (clicks > 0) {
        double ideal = 0;
        for (int place = 0; place < Math.min(3, clicks); place++) {
          ideal += discount(place);
        }
        double[] total = new double[2];
        permute(scores, new ArrayList<>(), group, total);
        gain += total[0] / total[1] / ideal;
        clicked++;
      }
    }
    assertThat(metrics.gauc().getAsDouble())
        .as("seed %d", seed)
        .isCloseTo(area / rows, within(1e-12));
    assertThat(metrics.ndcg().getAsDouble())
        .as("seed %d", seed)
        .isCloseTo(gain / clicked, within(1e-12));
  }

  private static GroupMetrics metrics(Scores scores, int cutoff) {
    GroupScores groups = GroupScores.of(ScoreOrder.of(scores), Units.of(scores), cutoff);
    return GroupMetrics.of(groups, cutoff);
  }

  private static Map<Long, List<Integer>> groups(Scores scores) {
    Map<Long, List<Integer>> groups = new TreeMap<>();
    for (int row = 0; row < scores.size(); row++) {
      groups.computeIfAbsent(scores.group(row), key -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private static double aucByPairs(Scores scores, List<Integer> rows) {
    double right = 0;
    double pairs = 0;
    for (int click : rows) {
      for (int other : rows) {
        if (scores.click(click) == 1 && scores.click(other) == 0) {
          int order = Float.compare(scores.probability(click), scores.probability(other));
          right += (order + 1) / 2.0;
          pairs++;
        }
      }
    }
    return right / pairs;
  }

  /** Adds up the gain of every order that the scores allow, and counts the orders. */
  private static void permute(
      Scores scores, List<Integer> placed, List<Integer> left, double[] total) {
    if (left.isEmpty()) {
      for (int place = 0; place < Math.min(3, placed.size()); place++) {
        total[0] += scores.click(placed.get(place)) * discount(place);
      }
      total[1]++;
      return;
    }
    double best = left.stream().mapToDouble(scores::probability).max().getAsDouble();
    for (Integer row : left) {
      if (scores.probability(row) == best) {
        List<Integer> nextPlaced = new ArrayList<>(placed);
        nextPlaced.add(row);
        List<Integer> nextLeft = new ArrayList<>(left);
        nextLeft.remove(row);
        permute(scores, nextPlaced, nextLeft, total);
      }
    }
  }

  private static double discount(int place) {
    return Math.log(2) / Math.log(place + 2);
  }
}
