package dev.millrace.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowsTest {

  private static Windows windows(String width, String lateness) {
    return new Windows(Duration.parse(width), Duration.parse(lateness));
  }

  @ParameterizedTest
  @CsvSource({"PT1M, PT0S", "PT1M, PT30S", "PT1M, PT1M", "PT1M, PT150S", "PT7S, PT1H"})
  void shouldBeDueAtTheEndAndClosedAfterTheLateness(String width, String lateness) {
    Windows windows = windows(width, lateness);
    for (long window = 0; window < 20; window++) {
      long due = windows.due(window);
      long closing = windows.closing(window);

      assertThat(windows.of(due)).isEqualTo(window);
      assertThat(windows.of(due + 1)).isEqualTo(window + 1);
      assertThat(windows.lastDue(due)).isEqualTo(window);
      assertThat(windows.lastDue(due - 1)).isEqualTo(window - 1);
      assertThat(windows.lastClosed(closing)).isEqualTo(window);
      assertThat(windows.lastClosed(closing - 1)).isEqualTo(window - 1);
      assertThat(windows.isDueAt(due)).isTrue();
      assertThat(windows.isClosingAt(closing)).isTrue();
      assertThat(windows.isClosingAt(due)).as("closed when due").isFalse();
      assertThat(windows.isDueAt(closing)).as("due when closed").isFalse();
    }
  }

  @Test
  void shouldKnowNoWindowBeforeAndEveryWindowAfterAllTime() {
    Windows windows = windows("PT1M", "PT5M");

    assertThat(windows.lastDue(Long.MIN_VALUE)).isNegative();
    assertThat(windows.lastClosed(Long.MIN_VALUE)).isNegative();
    assertThat(windows.lastClosed(Long.MAX_VALUE)).isGreaterThan(windows.of(1L << 50));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.5S, PT0S, 'window must be >= 1 and whole seconds, found PT0.5S'",
    "PT1.5S, PT0S, 'window must be >= 1 and whole seconds, found PT1.5S'",
    "PT1M, PT-1S, 'allowed-lateness must be >= 0 and whole seconds, found PT-1S'",
  })
  void shouldRefuseWhatIsNoWindow(String width, String lateness, String message) {
    assertThatThrownBy(() -> windows(width, lateness))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
