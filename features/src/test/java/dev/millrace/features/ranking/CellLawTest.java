package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CellLawTest {
  /** The expansion against the sum where the one takes over from the other, and far above. */
  @ParameterizedTest
  @CsvSource({
    "500, 4000, 20000",
    "1000, 1000, 10000",
    "400, 500, 1000",
    "900, 900, 1000",
    "150, 999, 1000",
    "20000, 40000, 200000",
    "1000000, 1500, 10000000",
  })
  void shouldExpandAsItSums(long a, long b, long n) {
    double mean = (double) a * b / n;
    CellLaw expanded = CellExpansion.of(CentralMoments.of(a, b, n), mean, Double.POSITIVE_INFINITY);
    assertAgree(expanded, CellSum.over(a, b, n, false));
    if (a - mean >= 100) {
      assertAgree(
          CellExpansion.of(CentralMoments.of(a, b, n), mean, a - mean),
          CellSum.over(a, b, n, true));
    }
  }

  private static void assertAgree(CellLaw expanded, CellLaw summed) {
    assertThat(expanded.mean()).isCloseTo(summed.mean(), within(1e-9));
    assertThat(expanded.variance()).isCloseTo(summed.variance(), within(1e-6));
    assertThat(expanded.linear()).isCloseTo(summed.linear(), within(1e-6));
    assertThat(expanded.quadratic()).isCloseTo(summed.quadratic(), within(1e-6));
    assertThat(expanded.squaredLogs()).isCloseTo(summed.squaredLogs(), within(1e-6));
  }

  /** The first moments of the hypergeometric law in closed form. */
  @Test
  void shouldFindTheMomentsByRecurrence() {
    double n = 1_000;
    double a = 300;
    double b = 450;
    double[] moments = CentralMoments.of(300, 450, 1_000);
    double variance = a * b * (n - a) * (n - b) / (n * n * (n - 1));
    double skewness =
        (n - 2 * a)
            * (n - 2 * b)
            * Math.sqrt(n - 1)
            / (Math.sqrt(a * b * (n - a) * (n - b)) * (n - 2));

    assertThat(moments[0]).isEqualTo(1);
    assertThat(moments[1]).isZero();
    assertThat(moments[2]).isCloseTo(variance, withinPercentage(1e-10));
    assertThat(moments[3]).isCloseTo(skewness * Math.pow(variance, 1.5), withinPercentage(1e-10));
  }

  /** Two values of k: all of the variance is of degree 1. */
  @Test
  void shouldSeeNoCurvatureInTwoValues() {
    CellLaw law = CellLaw.ofPair(1, 30, 100);

    assertThat(law.quadratic()).isZero();
    assertThat(law.linear() * law.linear()).isCloseTo(law.variance(), within(1e-12));
    // -ln 0.3 with chance 0.3, -ln 0.7 with chance 0.7.
    assertThat(law.mean()).isCloseTo(-0.3 * Math.log(0.3) - 0.7 * Math.log(0.7), within(1e-14));
  }

  @Test
  void shouldFixACellWhoseMarginIsAllRows() {
    CellLaw law = CellLaw.ofCell(40, 100, 100);

    assertThat(law).isEqualTo(new CellLaw(0, 0, 0, 0, 0));
  }
}
