package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ContingencyTableTest {
  private static final double LN2 = Math.log(2);

  /**
   * Two values by two labels, n rows: {@code sum n_ij / n ln(n n_ij / (a_i b_j))}. The third line
   * is {@code 2 (3/8 ln(3/2)) + 2 (1/8 ln(1/2))}.
   */
  @ParameterizedTest
  @CsvSource({
    "4, 0, 0, 4, 0.6931471805599453",
    "2, 2, 2, 2, 0.0",
    "3, 1, 1, 3, 0.13081203594113697",
    "10, 20, 30, 60, 0.0",
    "0, 0, 0, 0, 0.0",
    "5, 0, 7, 0, 0.0",
  })
  void shouldMeasureMutualInformation(long a, long b, long c, long d, double nats) {
    assertThat(table(a, b, c, d).mutualInformationNats()).isCloseTo(nats, within(1e-15));
  }

  /**
   * All deals of two clicks over four rows, value x on two of them: 1/6 of the deals give x both,
   * 1/6 none (each ln 2), 4/6 one (0), so that the expectation is ln(2) / 3.
   */
  @Test
  void shouldExpectTheMeanOverAllDeals() {
    assertThat(table(2, 0, 0, 2).expectedMutualInformationNats()).isCloseTo(LN2 / 3, within(1e-15));
  }

  @Test
  void shouldExpectAllInformationOfAnIdAndNoneOfAConstant() {
    ContingencyTable<Integer> id = new ContingencyTable<>(2);
    ContingencyTable<Integer> constant = new ContingencyTable<>(2);
    for (int row = 0; row < 100; row++) {
      id.add(row, row % 4 == 0 ? 1 : 0, 1);
      constant.add(7, row % 4 == 0 ? 1 : 0, 1);
    }
    double labelEntropy = -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75);

    assertThat(id.mutualInformationNats()).isCloseTo(labelEntropy, within(1e-14));
    assertThat(id.expectedMutualInformationNats()).isCloseTo(labelEntropy, within(1e-14));
    assertThat(constant.mutualInformationNats()).isZero();
    assertThat(constant.expectedMutualInformationNats()).isZero();
  }

  /** The formula of Vinh et al. written out with factorials, which small tables allow. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldAgreeWithTheFormulaInFactorials(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int labels = random.nextInt(1, 5);
    int values = random.nextInt(1, 9);
    ContingencyTable<Integer> table = new ContingencyTable<>(labels);
    long[] a = new long[values];
    long[] b = new long[labels];
    for (int row = 0; row < random.nextInt(10, 150); row++) {
      int value = (int) (values * Math.pow(random.nextDouble(), 2));
      int label = random.nextInt(labels);
      table.add(value, label, 1);
      a[value]++;
      b[label]++;
    }
    assertThat(table.expectedMutualInformationNats())
        .as("seed %d", seed)
        .isCloseTo(FactorialFormula.expectedNats(a, b), within(1e-12));
  }

  /** The mean of MI over shuffled labels, 4,000 of them, with its standard error. */
  @Test
  void shouldAgreeWithShuffling() {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    int[] labels = new int[200];
    for (int row = 0; row < 60; row++) {
      labels[row] = 1;
    }
    double expected = 0;
    double sum = 0;
    double squares = 0;
    int shuffles = 4_000;
    for (int shuffle = 0; shuffle < shuffles; shuffle++) {
      for (int row = labels.length - 1; row > 0; row--) {
        int other = random.nextInt(row + 1);
        int label = labels[row];
        labels[row] = labels[other];
        labels[other] = label;
      }
      ContingencyTable<Integer> table = new ContingencyTable<>(2);
      for (int row = 0; row < labels.length; row++) {
        table.add((int) Math.sqrt(row), labels[row], 1);
      }
      expected = table.expectedMutualInformationNats();
      sum += table.mutualInformationNats();
      squares += table.mutualInformationNats() * table.mutualInformationNats();
    }
    double mean = sum / shuffles;
    double standardError = Math.sqrt((squares / shuffles - mean * mean) / shuffles);
    assertThat(expected).as("seed %d", seed).isCloseTo(mean, within(4 * standardError));
  }

  /** Near independence (r-1)(c-1) / 2n is the leading term; ten million rows keep its digits. */
  @Test
  void shouldKeepItsDigitsOnManyRows() {
    ContingencyTable<String> table = table(2_500_000, 2_500_000, 2_500_000, 2_500_000);

    assertThat(table.mutualInformationNats()).isZero();
    assertThat(table.expectedMutualInformationNats()).isCloseTo(5e-8, within(1e-14));
  }

  @Test
  void shouldMergeByAddition() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    ContingencyTable<String> whole = new ContingencyTable<>(2);
    ContingencyTable<String> left = new ContingencyTable<>(2);
    ContingencyTable<String> right = new ContingencyTable<>(2);
    for (int row = 0; row < 2_000; row++) {
      String value = random.nextInt(20) == 0 ? null : "v" + random.nextInt(300);
      int label = random.nextInt(2);
      whole.add(value, label, 1);
      (row % 3 == 0 ? left : right).add(value, label, 1);
    }
    left.merge(right);

    assertThat(left.rows()).isEqualTo(2_000);
    assertThat(left.cardinality()).as("seed %d", seed).isEqualTo(whole.cardinality());
    assertThat(left.rows(null)).isEqualTo(whole.rows(null)).isPositive();
    assertThat(left.mutualInformationNats())
        .isCloseTo(whole.mutualInformationNats(), within(1e-14));
    assertThat(left.expectedMutualInformationNats())
        .isCloseTo(whole.expectedMutualInformationNats(), within(1e-14));
  }

  @Test
  void shouldRefuseWhatItCannotCount() {
    ContingencyTable<String> table = new ContingencyTable<>(2);

    assertThatThrownBy(() -> table.add("a", 2, 1)).hasMessage("label must be in [0, 2), found 2");
    assertThatThrownBy(() -> table.add("a", 0, -1)).hasMessage("rows must be >= 0, found -1");
    assertThatThrownBy(() -> table.merge(new ContingencyTable<>(3)))
        .hasMessage("labels must be 2, found 3");
    assertThatThrownBy(() -> new ContingencyTable<>(0)).hasMessage("labels must be >= 1, found 0");
  }

  private static ContingencyTable<String> table(long a, long b, long c, long d) {
    ContingencyTable<String> table = new ContingencyTable<>(2);
    table.add("x", 0, a);
    table.add("x", 1, b);
    table.add("y", 0, c);
    table.add("y", 1, d);
    return table;
  }
}
