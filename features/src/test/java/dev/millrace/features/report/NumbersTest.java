package dev.millrace.features.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void shouldWriteNatsToTheMicroNatWithoutANegativeZero() {
    assertThat(Numbers.nats(0.0365623722)).isEqualTo("0.036562");
    assertThat(Numbers.nats(-1e-9)).isEqualTo("0.000000");
    assertThat(Numbers.nats(Double.NaN)).isEqualTo("-");
  }

  @Test
  void shouldWriteBriefNumbersToFourDigits() {
    assertThat(Numbers.brief(0)).isEqualTo("0");
    assertThat(Numbers.brief(0.518687)).isEqualTo("0.5187");
    assertThat(Numbers.brief(-12.50)).isEqualTo("-12.5");
    assertThat(Numbers.brief(1_234_567.8)).isEqualTo("1234568");
    assertThat(Numbers.brief(0.0000123456)).isEqualTo("1.23e-5");
    assertThat(Numbers.brief(2e12)).isEqualTo("2e12");
  }

  @Test
  void shouldNotRoundAShareToNothingOrAll() {
    assertThat(Numbers.percent(0)).isEqualTo("0.0%");
    assertThat(Numbers.percent(0.0001)).isEqualTo("<0.1%");
    assertThat(Numbers.percent(0.123)).isEqualTo("12.3%");
    assertThat(Numbers.percent(0.99999)).isEqualTo(">99.9%");
    assertThat(Numbers.percent(1)).isEqualTo("100.0%");
  }

  @Test
  void shouldWriteSmallProbabilitiesByTheirMagnitude() {
    assertThat(Numbers.pValue(0.0494)).isEqualTo("0.049");
    assertThat(Numbers.pValue(3.4e-7)).isEqualTo("3e-7");
    assertThat(Numbers.pValue(9.7e-7)).isEqualTo("1e-6");
    assertThat(Numbers.pValue(0)).isEqualTo("<1e-16");
  }

  @Test
  void shouldSetThousandsApart() {
    assertThat(Numbers.count(999)).isEqualTo("999");
    assertThat(Numbers.count(1_000)).isEqualTo("1,000");
    assertThat(Numbers.count(12_345_678)).isEqualTo("12,345,678");
    assertThat(Numbers.count(-123_456)).isEqualTo("-123,456");
  }
}
