package dev.millrace.features.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.features.ranking.CountProfile;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.RelevanceEstimator;
import dev.millrace.features.ranking.ValueSampling;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class FieldTableTest {
  private static final int BLOCK = 4_096;

  /** Rows whose value and label a random draw decides. */
  private interface Draw {
    /** The value in the upper bits, the label in the lowest. */
    long next(SplittableRandom random);
  }

  private static FieldTable table(int maxValues, int rows, long seed, Draw draw) {
    FieldTable table = new FieldTable("field", maxValues, 2);
    SplittableRandom random = new SplittableRandom(seed);
    int[] codes = new int[BLOCK];
    int[] labels = new int[BLOCK];
    long[] keys = new long[BLOCK];
    int row = 0;
    for (int i = 0; i < rows; i++) {
      long drawn = draw.next(random);
      byte[] value = Long.toString(drawn >>> 1, 36).getBytes(StandardCharsets.UTF_8);
      codes[row] = table.encode(Arrays.copyOf(value, value.length + 8), 0, value.length);
      labels[row] = (int) (drawn & 1);
      keys[row] = 2L * i + 1;
      if (++row == BLOCK || i == rows - 1) {
        table.count(codes, labels, 2, keys, row);
        row = 0;
      }
    }
    return table;
  }

  private static long skewed(SplittableRandom random, double values) {
    return (long) Math.pow(values, random.nextDouble());
  }

  /** The click rate depends on the value's first digit; half of the values come once. */
  private static long informative(SplittableRandom random) {
    long value = skewed(random, 1e7);
    double rate = Long.toString(value, 36).charAt(0) < 'a' ? 0.15 : 0.3;
    return value << 1 | (random.nextDouble() < rate ? 1 : 0);
  }

  private static long noise(SplittableRandom random) {
    return skewed(random, 1e7) << 1 | (random.nextDouble() < 0.2 ? 1 : 0);
  }

  @Test
  void shouldBeExactWithinItsBudget() {
    FieldTable table = table(1_000, 50_000, 4, random -> random.nextLong(2_000));

    assertThat(table.isSampled()).isFalse();
    assertThat(table.cardinality()).isEqualTo(1_000);
    assertThat(table.rows()).isEqualTo(50_000);
    assertThat(table.profile(2).rows()).isEqualTo(50_000);
  }

  @Test
  void shouldGrowWithTheNumberOfLabels() {
    FieldTable table = new FieldTable("field", 100, 2);
    byte[] bytes = Arrays.copyOf(new byte[] {'x'}, 16);
    int code = table.encode(bytes, 0, 1);
    table.count(new int[] {code, code}, new int[] {0, 1}, 2, new long[] {1, 3}, 2);
    table.count(new int[] {code, code}, new int[] {4, 1}, 5, new long[] {5, 7}, 2);

    assertThat(new int[] {table.count(code, 0), table.count(code, 1), table.count(code, 4)})
        .containsExactly(1, 2, 1);
  }

  /** Ten seeds: an estimate of a sampled table lies within four of its stated standard errors. */
  @Test
  void shouldEstimateTheScoreWithinItsStatedErrorBeyondItsBudget() {
    for (long seed = 1; seed <= 10; seed++) {
      for (Draw draw : new Draw[] {FieldTableTest::informative, FieldTableTest::noise}) {
        FieldTable exact = table(1 << 20, 300_000, seed, draw);
        FieldTable sampled = table(8_192, 300_000, seed, draw);
        Relevance truth = RelevanceEstimator.expected(exact.profile(2));
        CountProfile estimated = sampled.profile(2);
        Relevance estimate =
            ValueSampling.widen(
                RelevanceEstimator.expected(estimated), estimated, sampled.profilesByWeight(2));

        assertThat(sampled.isSampled()).isTrue();
        assertThat(sampled.values().size()).isLessThan(2 * 8_192);
        assertThat(sampled.rows()).isEqualTo(300_000);
        assertThat((double) sampled.cardinality())
            .isCloseTo((double) exact.cardinality(), within(0.04 * exact.cardinality()));
        assertThat(estimate.score())
            .as("seed %d", seed)
            .isCloseTo(truth.score(), within(4 * estimate.standardError()));
        assertThat(estimate.standardError()).isLessThan(0.02);
      }
    }
  }

  /** Half of the rows have one of a thousand values, the others one of nine million. */
  @Test
  @Tag("slow")
  void shouldHoldTenMillionValuesInItsBudget() {
    Draw draw =
        random -> {
          boolean isFrequent = random.nextBoolean();
          long value = isFrequent ? random.nextLong(1_000) : random.nextLong(1L << 26);
          double rate = value % 3 == 0 ? 0.2 : 0.1;
          return value << 1 | (random.nextDouble() < rate ? 1 : 0);
        };
    FieldTable exact = table(1 << 25, 20_000_000, 6, draw);
    FieldTable sampled = table(1 << 19, 20_000_000, 6, draw);
    Relevance truth = RelevanceEstimator.expected(exact.profile(2));
    CountProfile estimated = sampled.profile(2);
    Relevance estimate =
        ValueSampling.widen(
            RelevanceEstimator.expected(estimated), estimated, sampled.profilesByWeight(2));

    assertThat(exact.cardinality()).isGreaterThan(9_000_000);
    assertThat(sampled.values().size()).isLessThanOrEqualTo((1 << 19) + BLOCK);
    assertThat(estimate.score()).isCloseTo(truth.score(), within(4 * estimate.standardError()));
    assertThat(estimate.standardError()).isLessThan(0.15 * truth.score());
  }

  @Test
  void shouldKeepTheSameValuesWheneverItReadsTheSameRows() {
    CountProfile first = table(4_096, 200_000, 9, FieldTableTest::noise).profile(2);
    CountProfile second = table(4_096, 200_000, 9, FieldTableTest::noise).profile(2);

    assertThat(RelevanceEstimator.expected(second)).isEqualTo(RelevanceEstimator.expected(first));
  }

  @Test
  void shouldSignColumnsThatChangeTogetherAlike() {
    FieldTable one = table(100, 5_000, 2, random -> random.nextLong(40));
    FieldTable renamed = table(100, 5_000, 2, random -> random.nextLong(40) ^ 64);
    FieldTable other = table(100, 5_000, 3, random -> random.nextLong(40));

    assertThat(renamed.signature()).isEqualTo(one.signature());
    assertThat(renamed.values().sameAs(one.values())).isFalse();
    assertThat(other.signature()).isNotEqualTo(one.signature());
  }
}
