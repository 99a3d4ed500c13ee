package dev.millrace.features.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.ranking.CountProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JointCounterTest {

  /**
   * Shapes on both sides of every switch: direct cells, dense groups, sparse groups, single rows.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, 100",
    "2, 3, 2, 1000",
    "50, 20, 2, 5000",
    "300, 200, 2, 5000",
    "3000, 2, 2, 50000",
    "4, 20000, 2, 50000",
    "20000, 3000, 2, 20000",
    "300, 200, 3, 5000",
    "5000, 5000, 5, 10000",
    "700, 90, 1, 5000",
  })
  void shouldCountWhatAMapCounts(int outerValues, int innerValues, int labels, int rows) {
    long seed = 31L * outerValues + innerValues;
    SplittableRandom random = new SplittableRandom(seed);
    int[] outer = new int[rows];
    int[] inner = new int[rows];
    Map<Long, long[]> cells = new HashMap<>();
    for (int row = 0; row < rows; row++) {
      outer[row] = (int) (outerValues * Math.pow(random.nextDouble(), 3));
      int value = (int) (innerValues * Math.pow(random.nextDouble(), 2));
      int label = random.nextInt(labels);
      inner[row] = value * labels + label;
      cells.computeIfAbsent((long) outer[row] << 32 | value, key -> new long[labels])[label]++;
    }
    CountProfile.Builder expected = CountProfile.builder(labels);
    cells.values().forEach(counts -> expected.add(counts, 0, 1));
    JointCounter counter = new JointCounter(labels);
    Grouping grouping = new Grouping(outer, outerValues, new int[rows]);

    for (int run = 0; run < 2; run++) {
      assertThat(rowsOf(counter.count(grouping, inner, innerValues)))
          .as("seed %d, run %d", seed, run)
          .isEqualTo(rowsOf(expected.build()));
    }

    int[] numbers = new int[rows];
    assertThat(counter.number(grouping, inner, innerValues, numbers)).isEqualTo(cells.size());
    Map<Integer, List<Long>> combinations =
        IntStream.range(0, rows)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    row -> numbers[row],
                    Collectors.mapping(
                        row -> (long) outer[row] << 32 | inner[row] / labels,
                        Collectors.collectingAndThen(
                            Collectors.toSet(), set -> set.stream().sorted().toList()))));
    assertThat(combinations).hasSize(cells.size());
    assertThat(combinations.values()).allSatisfy(keys -> assertThat(keys).hasSize(1));
  }

  private static List<String> rowsOf(CountProfile profile) {
    return IntStream.range(0, profile.size())
        .mapToObj(
            i ->
                IntStream.range(0, profile.labels())
                        .mapToObj(label -> Long.toString(profile.count(i, label)))
                        .collect(Collectors.joining(" "))
                    + " x "
                    + profile.multiplicity(i))
        .toList();
  }
}
