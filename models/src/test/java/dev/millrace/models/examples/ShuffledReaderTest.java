package dev.millrace.models.examples;

import static dev.millrace.models.examples.Examples.firstRows;
import static dev.millrace.models.examples.Examples.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShuffledReaderTest {
  private static final long SEED = 3;

  private static List<Integer> order(int size, int window, long seed) throws IOException {
    return firstRows(new ShuffledReader(numbered(size), window, seed), 64);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "1000, 1000", "1000, 5000", "1000, 100", "5000, 1024", "4999, 1100"})
  void shouldGiveEveryExampleOnceInTheOrderOfTheSeed(int size, int window) throws IOException {
    List<Integer> order = order(size, window, SEED);

    assertThat(order).as("seed %d", SEED).isEqualTo(order(size, window, SEED));
    assertThat(order)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, size).boxed().toList());
    if (size > 1) {
      assertThat(order).as("seed %d", SEED).isNotEqualTo(IntStream.range(0, size).boxed().toList());
      assertThat(order).isNotEqualTo(order(size, window, SEED + 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 5000", "1000, 100", "4999, 1100"})
  void shouldGoOnWhereAnInterruptedEpochWas(int size, int window) throws IOException {
    List<Integer> whole = order(size, window, SEED);
    for (int at : new int[] {0, 1, window - 1, window, window + 1, size / 2, size - 1, size}) {
      ShuffledReader reader = new ShuffledReader(numbered(size), window, SEED);
      reader.read(new ExampleBuffer(1), 7);
      int place = Math.min(at, size);
      reader.seek(place);

      assertThat(firstRows(reader, 64))
          .as("seed %d, from %d", SEED, place)
          .isEqualTo(whole.subList(place, size));
    }
  }

  /**
   * A source sorted by label, half and half, and a window of a tenth of it: the share of ones in a
   * window of n examples drawn one by one has a standard deviation of {@code sqrt(0.25 / n * 0.9)},
   * 0.015 for n = 1,000; 0.06 is four of them.
   */
  @Test
  void shouldMixASourceThatIsSortedByLabel() throws IOException {
    int size = 10_000;
    List<Integer> order = order(size, 1_000, SEED);
    for (int window = 0; window < 10; window++) {
      long ones =
          order.subList(window * 1_000, (window + 1) * 1_000).stream()
              .filter(row -> row >= size / 2)
              .count();
      assertThat(ones / 1_000.0).as("seed %d, window %d", SEED, window).isBetween(0.44, 0.56);
    }
  }

  @Test
  void shouldRefuseAWindowOfNothingAndAPlaceBeyondTheEnd() throws IOException {
    assertThatThrownBy(() -> new ShuffledReader(numbered(1), 0, SEED))
        .hasMessage("window must be >= 1, found 0");
    ShuffledReader reader = new ShuffledReader(numbered(5), 2, SEED);
    assertThatThrownBy(() -> reader.seek(6))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("example must be in 0..5, found 6");
    assertThatThrownBy(() -> reader.seek(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
