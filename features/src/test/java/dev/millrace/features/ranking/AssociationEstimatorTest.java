package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AssociationEstimatorTest {
  /** Small data, panels just above it, and some: against the exact sum over all pairs of counts. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 511, 513, 520, 1_000, 4_097, 30_000})
  void shouldExpectWhatTheExactSumDoes(int rows) {
    long seed = 8;
    SplittableRandom random = new SplittableRandom(seed);
    List<Margins> columns = new ArrayList<>();
    columns.add(Columns.margins(Columns.id(rows)));
    columns.add(Columns.margins(new int[rows]));
    columns.add(Columns.margins(Columns.binary(random, rows, 0.03)));
    for (int cardinality : new int[] {2, 7, 8, 9, 60, 3_000}) {
      columns.add(Columns.margins(Columns.uniform(random, rows, cardinality)));
      columns.add(Columns.margins(Columns.zipf(random, rows, cardinality)));
    }
    AssociationEstimator estimator = new AssociationEstimator(rows);
    for (Margins first : columns) {
      for (Margins second : columns) {
        assertThat(estimator.expectedNats(first, second))
            .as("seed %d", seed)
            .isCloseTo(ExpectedMutualInformation.nats(first, second), within(1e-11));
      }
    }
  }

  @Test
  void shouldTellCopiesFromChance() {
    SplittableRandom random = new SplittableRandom(4);
    int[] field = Columns.zipf(random, 5_000, 30);
    int[] other = Columns.uniform(random, 5_000, 10);
    Margins margins = Columns.margins(field);
    AssociationEstimator estimator = new AssociationEstimator(5_000);
    Association copy = estimator.between(margins, margins, margins);
    int[] joint = new int[5_000];
    for (int row = 0; row < joint.length; row++) {
      joint[row] = 10 * field[row] + other[row];
    }
    Association chance = estimator.between(margins, Columns.margins(other), Columns.margins(joint));

    assertThat(copy.adjusted()).isCloseTo(1, within(1e-12));
    assertThat(copy.normalised()).isCloseTo(1, within(1e-12));
    assertThat(copy.mutualInformationNats()).isCloseTo(margins.entropyNats(), within(1e-12));
    assertThat(chance.adjusted()).isCloseTo(0, within(0.005));
    assertThat(chance.mutualInformationNats()).isPositive();
  }

  @Test
  void shouldTakeTwoConstantsForCopiesAndTwoIdsForChance() {
    AssociationEstimator estimator = new AssociationEstimator(500);
    Margins constant = Margins.ofCounts(new long[] {500});
    Margins id = Columns.margins(Columns.id(500));

    assertThat(estimator.between(constant, constant, constant))
        .isEqualTo(new Association(0, 0, 1, 1));
    assertThat(estimator.between(id, constant, id).adjusted()).isZero();
    assertThat(estimator.between(id, id, id).adjusted()).isZero();
    assertThat(estimator.between(id, id, id).normalised()).isCloseTo(1, within(1e-12));
  }

  @Test
  void shouldRefuseColumnsOfOtherRows() {
    Margins five = Margins.ofCounts(new long[] {5});
    Margins six = Margins.ofCounts(new long[] {6});

    assertThatThrownBy(() -> new AssociationEstimator(5).between(five, six, five))
        .hasMessage("b must have 5 rows, found 6");
  }
}
