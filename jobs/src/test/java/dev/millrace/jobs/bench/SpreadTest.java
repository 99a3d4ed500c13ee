package dev.millrace.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void shouldTakeTheMiddleOfAnOddNumber() {
    assertThat(Spread.of(5, 1, 4)).isEqualTo(new Spread(1, 4, 5));
  }

  @Test
  void shouldTakeTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
    assertThat(Spread.of(8, 1, 2, 4)).isEqualTo(new Spread(1, 3, 8));
  }

  @Test
  void shouldLeaveTheValuesAsTheyWere() {
    double[] values = {3, 1, 2};

    Spread.of(values);

    assertThat(values).containsExactly(3, 1, 2);
  }

  @Test
  void shouldConvertEveryPart() {
    assertThat(Spread.of(1, 2, 4).map(value -> value * 20)).isEqualTo(new Spread(20, 40, 80));
  }

  @Test
  void shouldRefuseNoValues() {
    assertThatThrownBy(Spread::of).hasMessage("values must be >= 1, found 0");
  }

  @Test
  void shouldRefuseANaN() {
    assertThatThrownBy(() -> Spread.of(1, Double.NaN))
        .hasMessage("values must be finite, found NaN");
  }
}
