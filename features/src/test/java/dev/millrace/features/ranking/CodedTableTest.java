package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class CodedTableTest {
  /**
   * By {@code scipy.stats.chi2_contingency([[20, 30], [30, 20], [10, 40]], correction=False)} and
   * {@code numpy.corrcoef} of the 150 rows of codes.
   */
  private final CodedTable table = new CodedTable(new long[] {20, 30, 30, 20, 10, 40}, 2);

  @Test
  void shouldTestIndependence() {
    CodedTable.ChiSquare test = table.chiSquare();

    assertThat(test.statistic()).isCloseTo(16.666666666666668, within(1e-12));
    assertThat(test.degreesOfFreedom()).isEqualTo(2);
    assertThat(test.pValue()).isCloseTo(0.00024036947641951404, within(1e-15));
    assertThat(test.cramersV()).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void shouldCorrelateTheCodes() {
    assertThat(table.pearson()).isCloseTo(0.16666666666666682, within(1e-12));
  }

  @Test
  void shouldFindTheMostFrequentCombination() {
    assertThat(table.maxValueCoverage()).isEqualTo(40 / 150.0);
  }

  @Test
  void shouldLetAConstantTellNothing() {
    CodedTable constant = new CodedTable(new long[] {7, 3, 0, 0}, 2);

    assertThat(constant.pearson()).isZero();
    assertThat(constant.chiSquare()).isEqualTo(new CodedTable.ChiSquare(0, 0, 1, 0));
    assertThat(constant.maxValueCoverage()).isEqualTo(0.7);
    assertThat(new CodedTable(new long[0], 2).maxValueCoverage()).isZero();
    assertThat(new CodedTable(new long[0], 2).chiSquare().pValue()).isEqualTo(1);
  }

  @Test
  void shouldRefuseHalfARowOfCounts() {
    assertThatThrownBy(() -> new CodedTable(new long[3], 2))
        .hasMessage("counts must be a multiple of labels, found 3 and 2");
  }
}
