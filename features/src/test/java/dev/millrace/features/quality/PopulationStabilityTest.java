package dev.millrace.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PopulationStabilityTest {

  private static final int SEEDS = 300;

  private static long[] buckets(long... first) {
    long[] buckets = new long[ValueHash.BUCKETS];
    System.arraycopy(first, 0, buckets, 0, first.length);
    return buckets;
  }

  @Test
  void shouldBeTheJeffreysDivergenceOfTheTwoSamples() {
    PopulationStability stability =
        PopulationStability.between(buckets(6000, 3000), 1000, buckets(3000, 6000), 1000);

    // By hand: 2 (0.6 - 0.3) ln(0.6 / 0.3); half a row in each cell changes the fourth digit.
    assertThat(stability.index()).isCloseTo(0.6 * Math.log(2), within(1e-3));
    assertThat(stability.expected()).isCloseTo(2 * (2.0 / 10_000), within(1e-6));
  }

  private static long[] sample(int rows, ToIntFunction<Random> bucket, Random random) {
    long[] buckets = new long[ValueHash.BUCKETS];
    for (int i = 0; i < rows; i++) {
      buckets[bucket.applyAsInt(random)]++;
    }
    return buckets;
  }

  private static ToIntFunction<Random> shape(String name) {
    return switch (name) {
      case "binary" -> random -> random.nextInt(3) / 2;
      case "uniform" -> random -> random.nextInt(ValueHash.BUCKETS);
      case "zipf" -> random -> (int) Math.pow(ValueHash.BUCKETS, random.nextDouble()) - 1;
      case "rare" -> random -> random.nextInt(50) == 0 ? random.nextInt(ValueHash.BUCKETS) : 0;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The tail is a little heavier than that of chi-square, and much lighter in rare buckets. */
  @ParameterizedTest
  @CsvSource({
    "binary, 200, 200", "binary, 100, 100000", "uniform, 2000, 3000", "uniform, 100000, 20000",
    "zipf, 500, 500", "zipf, 20000, 50000", "rare, 1000, 1000", "rare, 50000, 50000"
  })
  void shouldBeWhatIsExpectedWithoutDrift(String shape, int before, int after) {
    double mean = 0;
    int unlikely = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      PopulationStability stability =
          PopulationStability.between(
              sample(before, shape(shape), random), 0, sample(after, shape(shape), random), 0);
      mean += stability.excess() / stability.expected() / SEEDS;
      unlikely += stability.pValue() < 0.01 ? 1 : 0;
    }
    assertThat(mean).as("mean excess of %s over its expectation", shape).isBetween(-0.5, 0.2);
    assertThat(unlikely).as("p-values of %s below 0.01 of %d", shape, SEEDS).isLessThan(12);
  }

  @Test
  void shouldSeeADriftOfFewRowsInManyBuckets() {
    Random random = new Random(7);
    long[] before = sample(5000, shape("uniform"), random);
    long[] after = sample(5000, each -> 2 * each.nextInt(ValueHash.BUCKETS / 2), random);

    PopulationStability stability = PopulationStability.between(before, 0, after, 0);

    assertThat(stability.excess()).isGreaterThan(0.5);
  }

  @Test
  void shouldHaveNoDriftInAConstant() {
    PopulationStability stability = PopulationStability.between(buckets(5), 0, buckets(7), 0);

    assertThat(stability.excess()).isZero();
  }
}
