package dev.millrace.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.quality.AlarmThresholds;
import dev.millrace.features.quality.Windows;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeatureRankingSettingsTest {

  private static final Windows HOURS = new Windows(Duration.ofHours(1), Duration.ofMinutes(5));

  private static FeatureRankingSettings settings(String halfLife, int maxCounts, String linger) {
    return new FeatureRankingSettings(
        HOURS,
        Duration.parse(halfLife),
        maxCounts,
        Duration.parse(linger),
        AlarmThresholds.DEFAULT);
  }

  @Test
  void shouldTellTheHalfLifeInWindows() {
    assertThat(settings("P1D", 1, "PT1S").halfLifeWindows()).isEqualTo(24);
    assertThat(settings("P1D", 1, "PT1S").memoryWindows()).isEqualTo(240);
  }

  @ParameterizedTest
  @CsvSource({
    "PT90M, 1, PT1S, 'half-life must be between 1 and 400 times the window PT1H, found PT1H30M'",
    "PT0S, 1, PT1S, 'half-life must be between 1 and 400 times the window PT1H, found PT0S'",
    "PT401H, 1, PT1S, 'half-life must be between 1 and 400 times the window PT1H, found PT401H'",
    "PT1H, 0, PT1S, 'max-counts must be >= 1, found 0'",
    "PT1H, 1, PT0S, 'linger must be >= 1 ms, found 0 ms'",
  })
  void shouldRefuseWhatBreaksARule(String halfLife, int maxCounts, String linger, String message) {
    assertThatThrownBy(() -> settings(halfLife, maxCounts, linger))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.1, 2, 5, 'drift-threshold must be > 0, found 0.0'",
    "0.2, 1.5, 2, 5, 'missing-threshold must be in (0,1], found 1.5'",
    "0.2, 0.1, 1, 5, 'cardinality-threshold must be > 1, found 1.0'",
    "0.2, 0.1, 2, NaN, 'information-threshold must be > 0, found NaN'",
  })
  void shouldRefuseAThresholdThatIsNone(
      double drift, double missing, double cardinality, double information, String message) {
    assertThatThrownBy(() -> new AlarmThresholds(drift, missing, cardinality, information))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
