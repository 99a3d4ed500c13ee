package dev.millrace.features.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.LifeCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LifeCountsTest {

  private static final int LONGEST_LIFE = 6;

  private record Row(long since, long until, boolean clicked) {}

  /** Rows that a horizon counts, without and with a click. */
  private static List<Long> counted(List<LifeCount> counts, long window, boolean decayed) {
    long notClicked = 0;
    long clicked = 0;
    for (LifeCount count : counts) {
      if (decayed
          ? count.getSince() <= window && window <= count.getUntil()
          : count.getSince() == window) {
        notClicked += count.getNotClicked();
        clicked += count.getClicked();
      }
    }
    return List.of(notClicked, clicked);
  }

  private static List<LifeCount> each(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new LifeCount(row.since, row.until, row.clicked ? 0L : 1L, row.clicked ? 1L : 0L))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldCountInEveryOpenWindowAsTheRowsThemselvesDo(long seed) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    List<LifeCount> merged = List.of();
    for (long closed = -1; closed < 30; closed++) {
      List<LifeCount> batch = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        long since = closed + 1 + random.nextInt(3);
        Row row = new Row(since, since + random.nextInt(LONGEST_LIFE), random.nextBoolean());
        rows.add(row);
        LifeCounts.add(batch, row.since, row.until, row.clicked);
      }
      merged = LifeCounts.merge(merged, batch, closed);

      for (long window = closed + 1; window < closed + 10; window++) {
        for (boolean decayed : new boolean[] {false, true}) {
          assertThat(counted(merged, window, decayed))
              .as("window %d after %d under seed %d", window, closed, seed)
              .isEqualTo(counted(each(rows), window, decayed));
        }
      }
      assertThat(merged).hasSizeLessThanOrEqualTo(4 * LONGEST_LIFE + 3);
      assertThat(LifeCounts.areOver(merged, closed + 3 + LONGEST_LIFE)).isTrue();
      assertThat(LifeCounts.areOver(merged, closed)).isFalse();
    }
  }
}
