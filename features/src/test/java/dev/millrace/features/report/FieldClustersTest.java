package dev.millrace.features.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.report.FieldClusters.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldClustersTest {
  private static final double ROUNDING = 1e-12;

  @Test
  void shouldJoinTheMostSimilarFirstAndAverageTheRest() {
    List<RankedGroup> pairs =
        List.of(
            Rankings.pair("a", "b", 0, 0.3),
            Rankings.pair("a", "c", 0, 0.9),
            Rankings.pair("c", "b", 0, 0.5),
            Rankings.pair("b", "d", 0, 0.2));

    FieldClusters clusters = FieldClusters.of(List.of("a", "b", "c", "d"), pairs);

    // By hand: a-c at 0.1; b at (0.7 + 0.5) / 2; d at (1 + 1 + 0.8) / 3.
    assertThat(clusters.merges()).extracting(Merge::left).containsExactly(0, 4, 5);
    assertThat(clusters.merges()).extracting(Merge::right).containsExactly(2, 1, 3);
    assertHeights(clusters, 0.1, 0.6, 2.8 / 3);
    assertThat(clusters.leaves()).containsExactly(0, 2, 1, 3);
  }

  @Test
  void shouldKeepUnrelatedFieldsInTheirOrder() {
    List<RankedGroup> pairs =
        List.of(
            Rankings.pair("a", "b", 0, -0.2),
            Rankings.pair("a", "c", 0, 0.009),
            Rankings.pair("b", "d", 0, Double.NaN));

    FieldClusters clusters = FieldClusters.of(List.of("a", "b", "c", "d"), pairs);

    assertThat(clusters.leaves()).containsExactly(0, 1, 2, 3);
    assertHeights(clusters, 1, 1, 1);
  }

  @Test
  void shouldMergeAtTheAverageDistanceOfTheFieldsOnEitherSide() {
    long seed = 11;
    Random random = new Random(seed);
    int fields = 24;
    double[][] similarity = new double[fields][fields];
    List<RankedGroup> pairs = new ArrayList<>();
    for (int i = 0; i < fields; i++) {
      for (int j = 0; j < i; j++) {
        similarity[i][j] = 0.01 + 0.99 * random.nextDouble();
        similarity[j][i] = similarity[i][j];
        pairs.add(Rankings.pair("f" + i, "f" + j, 0, similarity[i][j]));
      }
    }

    FieldClusters clusters =
        FieldClusters.of(IntStream.range(0, fields).mapToObj(i -> "f" + i).toList(), pairs);

    List<List<Integer>> members = new ArrayList<>();
    IntStream.range(0, fields).forEach(i -> members.add(List.of(i)));
    double last = 0;
    for (Merge merge : clusters.merges()) {
      double sum = 0;
      for (int a : members.get(merge.left())) {
        for (int b : members.get(merge.right())) {
          sum += 1 - similarity[a][b];
        }
      }
      int count = members.get(merge.left()).size() * members.get(merge.right()).size();
      assertThat(merge.height())
          .as("seed %d", seed)
          .isCloseTo(sum / count, within(ROUNDING))
          .isGreaterThanOrEqualTo(last - ROUNDING);
      last = merge.height();
      List<Integer> joined = new ArrayList<>(members.get(merge.left()));
      joined.addAll(members.get(merge.right()));
      members.add(joined);
    }
    assertThat(clusters.leaves()).isEqualTo(members.get(members.size() - 1)).hasSize(fields);
  }

  @Test
  void shouldClusterNoFieldAndOneField() {
    assertThat(FieldClusters.of(List.of(), List.of()).leaves()).isEmpty();
    assertThat(FieldClusters.of(List.of("a"), List.of()).leaves()).containsExactly(0);
  }

  private static void assertHeights(FieldClusters clusters, double... heights) {
    assertThat(clusters.merges()).hasSize(heights.length);
    for (int i = 0; i < heights.length; i++) {
      assertThat(clusters.merges().get(i).height()).isCloseTo(heights[i], within(ROUNDING));
    }
  }
}
