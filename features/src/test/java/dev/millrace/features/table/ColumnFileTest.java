package dev.millrace.features.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ColumnFileTest {

  @Test
  void shouldGiveBackCodesOfEveryWidth() throws IOException {
    long seed = 3;
    SplittableRandom random = new SplittableRandom(seed);
    int[] bounds = {1, 255, 256, 257, 65_535, 65_536, 65_537, Integer.MAX_VALUE};
    int[] written = new int[bounds.length * 100];
    int[] labels = new int[written.length];
    try (ColumnFile file = new ColumnFile(2, 100)) {
      int row = 0;
      for (int bound : bounds) {
        int[] block = new int[100];
        for (int i = 0; i < 100; i++) {
          block[i] = i == 0 ? bound - 1 : random.nextInt(bound);
          written[row++] = block[i];
        }
        file.append(0, block, 100, bound);
        file.append(1, new int[100], 100, 1);
      }
      int[] read = new int[written.length];
      file.read(0, read);
      assertThat(read).as("seed %d", seed).isEqualTo(written);
      file.read(1, read);
      assertThat(read).isEqualTo(labels);
    }
  }
}
