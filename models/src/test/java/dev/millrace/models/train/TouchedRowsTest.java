package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.RowMap;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TouchedRowsTest {
  @Test
  void shouldNameEachRowOnceAndLeadEveryLookupToIt() {
    SplittableRandom random = new SplittableRandom(11);
    TouchedRows touched = new TouchedRows(EmbeddingLayout.plain(50, 1, 1));
    for (int batch = 0; batch < 100; batch++) {
      int[] rows = random.ints(1 + random.nextInt(80), 0, 50).toArray();
      touched.compact(IntBuffer.wrap(rows));
      assertThat(touched.count()).isEqualTo(distinct(rows));
      assertThat(touched.local().remaining()).isEqualTo(rows.length);
      for (int i = 0; i < rows.length; i++) {
        assertThat(touched.row(touched.local().get(i))).isEqualTo(rows[i]);
        assertThat(touched.positionOf(rows[i])).isEqualTo(touched.local().get(i));
      }
      for (int row = 0; row < 50; row++) {
        int wanted = row;
        assertThat(touched.positionOf(row) >= 0)
            .isEqualTo(Arrays.stream(rows).anyMatch(found -> found == wanted));
      }
    }
  }

  @Test
  void shouldRefuseARowBeyondTheTable() {
    TouchedRows touched = new TouchedRows(EmbeddingLayout.plain(50, 1, 1));
    assertThatThrownBy(() -> touched.compact(IntBuffer.wrap(new int[] {3, 50})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row must be in 0..49, found 50");
  }

  @Test
  void shouldLeadEveryCutRowToTheZeroRow() {
    RowMap cut = RowMap.keeping(4, row -> row == 1 || row == 3);
    TouchedRows touched = new TouchedRows(EmbeddingLayout.plain(4, 1, 1).withCut(cut));
    touched.compact(IntBuffer.wrap(new int[] {0, 3, 2, 1, 0}));
    assertThat(touched.local()).isEqualTo(IntBuffer.wrap(new int[] {0, 1, 0, 2, 0}));
    assertThat(touched.count()).isEqualTo(3);
    assertThat(touched.row(0)).isEqualTo(2);
    assertThat(touched.row(1)).isEqualTo(1);
    assertThat(touched.row(2)).isEqualTo(0);
    assertThatThrownBy(() -> touched.compact(IntBuffer.wrap(new int[] {4})))
        .hasMessage("row must be in 0..3, found 4");
  }

  private static int distinct(int[] rows) {
    return (int) Arrays.stream(rows).distinct().count();
  }
}
