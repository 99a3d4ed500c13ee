package dev.millrace.features.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulationConfigTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|100|10|5|3|PT1H|users must be >= 1, found 0",
        "9|9|10|5|3|PT1H|items must be >= 2 x candidates = 10, found 9",
        "9|100|0|5|3|PT1H|requests must be >= 1, found 0",
        "9|100|10|0|3|PT1H|candidates must be >= 1, found 0",
        "9|100|10|5|6|PT1H|slots must be in [1, 5], found 6",
        "9|100|10|5|0|PT1H|slots must be in [1, 5], found 0",
        "9|100|10|5|3|PT0.009S|span must be >= 1 ms a request = PT0.01S, found PT0.009S",
      })
  void shouldNameTheRuleAndTheValueFound(
      int users,
      int items,
      int requests,
      int candidates,
      int slots,
      Duration span,
      String message) {
    assertThatThrownBy(
            () ->
                new SimulationConfig(
                    1, users, items, requests, candidates, slots, Instant.EPOCH, span))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
