package dev.millrace.features.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BucketingTest {
  private static final long SEED = 20240607;

  private final Bucketing logSquare = new Bucketing.LogSquare();

  /** Upper part: floor(ln(v)^2), for example ln(3)^2 = 1.2069, ln(100)^2 = 21.2076. */
  @ParameterizedTest
  @CsvSource({
    "2.0000001, 0",
    "2.718281, 0",
    "2.718282, 1",
    "3, 1",
    "4, 1",
    "5, 2",
    "100, 21",
    "1e6, 190",
    "1.7976931348623157e308, 503791",
    "2, -1",
    "1.5, -1",
    "1, -2",
    "0.5, -2",
    "0, -3",
    "-0.0, -3",
    "-0.5, -3",
    "-1, -4",
    "-1.5, -4",
    "-2, -5",
    "-3, -6",
    "-100, -26",
    "-1.7976931348623157e308, -503796",
    "4.9e-324, -2",
    "-4.9e-324, -3",
  })
  void shouldSquareTheLogarithm(double value, int bucket) {
    assertThat(logSquare.bucket(value)).isEqualTo(bucket);
  }

  @Test
  void shouldBeMonotone() {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] ascending =
        DoubleStream.generate(
                () -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-4, 12)))
            .limit(20_000)
            .sorted()
            .toArray();
    for (int i = 1; i < ascending.length; i++) {
      assertThat(logSquare.bucket(ascending[i]))
          .as("seed %d, %s after %s", SEED, ascending[i], ascending[i - 1])
          .isGreaterThanOrEqualTo(logSquare.bucket(ascending[i - 1]));
    }
  }

  @ParameterizedTest
  @CsvSource({"-1e9, 0", "17.999, 0", "18, 1", "24, 1", "25, 2", "34.9, 2", "35, 3", "1e9, 3"})
  void shouldCountTheBoundariesAtOrBelow(double value, int bucket) {
    assertThat(new Bucketing.Quantile(List.of(18.0, 25.0, 35.0)).bucket(value)).isEqualTo(bucket);
  }

  @Test
  void shouldHaveOneBucketWithoutBoundaries() {
    assertThat(new Bucketing.Quantile(List.of()).bucket(3)).isZero();
  }

  @Test
  void shouldTakeTheTwoZerosAsOne() {
    assertThat(new Bucketing.Quantile(List.of(-0.0)))
        .isEqualTo(new Bucketing.Quantile(List.of(0.0)));
    assertThat(new Bucketing.Quantile(List.of(-0.0)).bucket(0.0)).isEqualTo(1);
    assertThat(new Bucketing.Quantile(List.of(0.0)).bucket(-0.0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "-1e9, 0, 0",
    "10, 0, 0",
    "12.5, 0.25, 8",
    "19.99, 0.999, 31",
    "20, 1, 31",
    "1e300, 1, 31",
  })
  void shouldScaleBetweenMinAndMaxAndClipBeyondThem(double value, double scale, int bucket) {
    Bucketing.Scaled scaled = new Bucketing.Scaled(10, 20);

    assertThat(scaled.scale(value)).isCloseTo(scale, within(1e-12));
    assertThat(scaled.bucket(value)).isEqualTo(bucket);
  }

  @Test
  void shouldScaleAConstantToZeroAndTheWidestRangeToAHalf() {
    assertThat(new Bucketing.Scaled(3, 3).scale(3)).isZero();
    assertThat(new Bucketing.Scaled(-Double.MAX_VALUE, Double.MAX_VALUE).scale(0)).isEqualTo(0.5);
  }
}
