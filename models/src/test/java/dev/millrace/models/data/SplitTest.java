package dev.millrace.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitTest {
  private static final long SEED = 2019;

  /** Of 100,000 rows a part of share 0.1 has 10,000 give or take 95; 400 is four of them. */
  @Test
  void shouldGiveEachPartItsShareAtRandom() {
    Split split = new Split.Random(Shares.DEFAULT, SEED);
    Map<Part, Long> counts = new EnumMap<>(Part.class);
    LongStream.range(0, 100_000).forEach(row -> counts.merge(split.part(row, 0), 1L, Long::sum));

    assertThat(counts.get(Part.TRAINING)).as("seed %d", SEED).isBetween(79_500L, 80_500L);
    assertThat(counts.get(Part.VALIDATION)).as("seed %d", SEED).isBetween(9_600L, 10_400L);
    assertThat(counts.get(Part.TEST)).as("seed %d", SEED).isBetween(9_600L, 10_400L);
  }

  /** Bundles name their split: rows must not change parts from release to release. */
  @Test
  void shouldKeepTheRowsOfAPartFromReleaseToRelease() {
    Split split = new Split.Random(Shares.DEFAULT, SEED);
    long[] tested =
        LongStream.range(0, 60).filter(row -> split.part(row, 0) == Part.TEST).toArray();

    assertThat(tested).containsExactly(4, 26, 29, 30, 39, 48);
    assertThat(LongStream.of(tested))
        .anyMatch(row -> new Split.Random(Shares.DEFAULT, SEED + 1).part(row, 0) != Part.TEST);
  }

  @Test
  void shouldGiveNothingToAShareOfZero() {
    Split split = new Split.Random(new Shares(0.9, 0.1, 0), SEED);

    assertThat(LongStream.range(0, 10_000)).noneMatch(row -> split.part(row, 0) == Part.TEST);
  }

  @Test
  void shouldCutByTimeAndByOrderAtTheFirstOfEachPart() {
    Split byTime = new Split.ByTime(10, 20);
    Split byOrder = new Split.ByOrder(10, 20);

    assertThat(byTime.readsTime()).isTrue();
    assertThat(byOrder.readsTime()).isFalse();
    assertThat(LongStream.of(-5, 9, 10, 19, 20).mapToObj(time -> byTime.part(0, time)))
        .containsExactly(Part.TRAINING, Part.TRAINING, Part.VALIDATION, Part.VALIDATION, Part.TEST);
    assertThat(LongStream.of(0, 9, 10, 19, 20).mapToObj(row -> byOrder.part(row, 0)))
        .containsExactly(Part.TRAINING, Part.TRAINING, Part.VALIDATION, Part.VALIDATION, Part.TEST);
  }

  @Test
  void shouldBeMadeAgainFromItsConfiguration() {
    for (Split split :
        Set.of(
            new Split.Random(new Shares(0.7, 0.2, 0.1), -3),
            new Split.ByTime(5, Long.MAX_VALUE),
            new Split.ByOrder(8, 9))) {
      assertThat(Split.of(split.configuration())).isEqualTo(split);
    }
    assertThatThrownBy(() -> Split.of(Map.of()))
        .isInstanceOf(DataException.class)
        .hasMessage("split must be given, found {}");
    assertThatThrownBy(() -> Split.of(Map.of("split", "alphabetical")))
        .hasMessage("split must be one of random, time, order, found alphabetical");
    assertThatThrownBy(
            () ->
                Split.of(
                    Map.of("split", "time", "split.validationFrom", "5", "split.testFrom", "4")))
        .hasMessageContaining("split.testFrom must be >= split.validationFrom");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.8,0.1,0.2", "0,0.5,0.5", "1.1,-0.1,0", "NaN,0,1", "0.8,0.2", "a,b,c", ""})
  void shouldRefuseSharesThatAreNone(String shares) {
    assertThatThrownBy(() -> Shares.parse(shares))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("split must be ")
        .hasMessageContaining("found " + (shares.startsWith("1.1") ? "1.1,-0.1,0.0" : ""));
  }

  @Test
  void shouldShareWhatIsLeftInTheSameRatio() {
    assertThat(Shares.DEFAULT.without(Set.of(Part.TEST)).validation()).isEqualTo(0.1 / 0.9);
    assertThat(Shares.DEFAULT.without(Set.of(Part.TEST, Part.VALIDATION)))
        .isEqualTo(new Shares(1, 0, 0));
  }
}
