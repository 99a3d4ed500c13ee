package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TouchedRowsTest {
  @Test
  void shouldNameEachRowOnceAndLeadEveryLookupToIt() {
    SplittableRandom random = new SplittableRandom(11);
    TouchedRows touched = new TouchedRows(50);
    for (int batch = 0; batch < 100; batch++) {
      int[] rows = random.ints(1 + random.nextInt(80), 0, 50).toArray();
      touched.compact(IntBuffer.wrap(rows));
      assertThat(touched.count()).isEqualTo(distinct(rows));
      assertThat(touched.local().remaining()).isEqualTo(rows.length);
      for (int i = 0; i < rows.length; i++) {
        assertThat(touched.row(touched.local().get(i))).isEqualTo(rows[i]);
      }
    }
  }

  @Test
  void shouldRefuseARowBeyondTheTable() {
    TouchedRows touched = new TouchedRows(50);
    assertThatThrownBy(() -> touched.compact(IntBuffer.wrap(new int[] {3, 50})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row must be in 0..49, found 50");
  }

  private static int distinct(int[] rows) {
    return (int) Arrays.stream(rows).distinct().count();
  }
}
