package dev.millrace.features.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LifetimesTest {

  private static final int IMPRESSIONS = 200_000;

  /** Binomial, so that five standard deviations are a chance of one in a million. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 24})
  void shouldKeepHalfOfAWindowAfterEachHalfLife(int halfLife) {
    Lifetimes lifetimes = new Lifetimes(halfLife);
    long[] lives =
        LongStream.range(0, IMPRESSIONS).map(i -> lifetimes.until(0, "impression-" + i)).toArray();
    for (int age = 0; age <= 4 * halfLife; age++) {
      long oldest = age;
      double share =
          LongStream.of(lives).filter(life -> life >= oldest).count() / 1.0 / IMPRESSIONS;
      double expected = Math.pow(2, -(double) age / halfLife);
      double deviation = Math.sqrt(expected * (1 - expected) / IMPRESSIONS);
      assertThat(share).as("age %d", age).isCloseTo(expected, within(5 * deviation + 1e-12));
    }
  }

  @Test
  void shouldCountInItsOwnWindowAndEndAfterTenHalfLives() {
    Lifetimes lifetimes = new Lifetimes(4);

    assertThat(lifetimes.windows(1)).isZero();
    assertThat(lifetimes.windows(0.5)).isEqualTo(4);
    assertThat(lifetimes.windows(Math.nextUp(0.5))).isEqualTo(3);
    assertThat(lifetimes.windows(0x1p-53)).isEqualTo(40);
    assertThat(lifetimes.until(100, "a")).isBetween(100L, 140L);
  }

  /** State holds what was drawn before: these are a format. */
  @Test
  void shouldDrawTheSameLifetimesForEver() {
    Lifetimes lifetimes = new Lifetimes(24);

    assertThat(LongStream.range(0, 8).map(i -> lifetimes.until(0, "impression-" + i)))
        .containsExactly(57L, 16L, 11L, 13L, 57L, 70L, 58L, 88L);
  }

  @Test
  void shouldRefuseLessThanAWindow() {
    assertThatThrownBy(() -> new Lifetimes(0)).hasMessage("half-life must be >= 1 window, found 0");
  }
}
