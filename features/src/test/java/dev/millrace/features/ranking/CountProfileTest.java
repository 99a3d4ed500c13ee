package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CountProfileTest {
  @Test
  void shouldCountValuesOfEqualCountsOnce() {
    CountProfile profile =
        CountProfile.builder(2)
            .add(new long[] {9, 9, 2, 1}, 2, 1)
            .add(new long[] {0, 3}, 0, 4)
            .add(new long[] {2, 1}, 0, 2)
            .add(new long[] {0, 0}, 0, 5)
            .add(new long[] {7, 7}, 0, 0)
            .build();

    assertThat(profile.size()).isEqualTo(2);
    assertThat(profile.count(0, 1)).isEqualTo(3);
    assertThat(profile.multiplicity(0)).isEqualTo(4);
    assertThat(profile.total(1)).isEqualTo(3);
    assertThat(profile.multiplicity(1)).isEqualTo(3);
    assertThat(profile.cardinality()).isEqualTo(7);
    assertThat(profile.rows()).isEqualTo(21);
    assertThat(profile.labelTotals()).containsExactly(6, 15);
  }

  /** Enough rows to grow and to collide, in two orders and in one and two parts. */
  @Test
  void shouldBeTheSameWhateverTheOrderAndTheParts() {
    long seed = 6;
    SplittableRandom random = new SplittableRandom(seed);
    List<long[]> values = new ArrayList<>();
    for (int value = 0; value < 5_000; value++) {
      values.add(new long[] {random.nextInt(40), random.nextInt(40), random.nextInt(3)});
    }
    CountProfile.Builder forward = CountProfile.builder(3);
    CountProfile.Builder backward = CountProfile.builder(3);
    CountProfile.Builder odd = CountProfile.builder(3);
    CountProfile.Builder even = CountProfile.builder(3);
    for (int i = 0; i < values.size(); i++) {
      forward.add(values.get(i), 0, 1);
      backward.add(values.get(values.size() - 1 - i), 0, 1);
      (i % 2 == 0 ? even : odd).add(values.get(i), 0, 1);
    }
    String expected = print(forward.build());

    assertThat(expected.lines().count()).as("seed %d", seed).isGreaterThan(3_000);
    assertThat(print(backward.build())).isEqualTo(expected);
    assertThat(print(odd.add(even.build()).build())).isEqualTo(expected);
  }

  private static String print(CountProfile profile) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < profile.size(); i++) {
      for (int label = 0; label < profile.labels(); label++) {
        lines.append(profile.count(i, label)).append(' ');
      }
      lines.append("x ").append(profile.multiplicity(i)).append('\n');
    }
    return lines.toString();
  }

  @Test
  void shouldBeTheProfileOfATable() {
    ContingencyTable<String> table = new ContingencyTable<>(2);
    table.add("a", 0, 3);
    table.add("b", 0, 3);
    table.add(null, 1, 2);

    assertThat(print(table.profile())).isEqualTo("0 2 x 1\n3 0 x 2\n");
  }

  @Test
  void shouldRefuseWhatItCannotCount() {
    assertThatThrownBy(() -> CountProfile.builder(0)).hasMessage("labels must be >= 1, found 0");
    assertThatThrownBy(() -> CountProfile.builder(2).add(new long[] {1, -1}, 0, 1))
        .hasMessage("counts must be >= 0, found -1");
    assertThatThrownBy(() -> CountProfile.builder(2).add(CountProfile.builder(3).build()))
        .hasMessage("labels must be 2, found 3");
  }
}
