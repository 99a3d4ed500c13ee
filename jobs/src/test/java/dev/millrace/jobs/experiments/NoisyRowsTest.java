package dev.millrace.jobs.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.features.table.BufferedRows;
import dev.millrace.features.table.RowBuffer;
import dev.millrace.features.table.Rows;
import dev.millrace.jobs.experiments.NoiseColumn.Distribution;
import dev.millrace.models.data.Part;
import dev.millrace.models.data.Shares;
import dev.millrace.models.data.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoisyRowsTest {
  private static final List<NoiseColumn> NOISE =
      List.of(new NoiseColumn(5, Distribution.UNIFORM), new NoiseColumn(1_000, Distribution.ZIPF));

  @Test
  void shouldPutTheSameNoiseBehindTheCellsInEveryPass() throws IOException {
    List<List<String>> first = cells(new NoisyRows(new NumberedRows(100), NOISE, 7));
    assertThat(first).isEqualTo(cells(new NoisyRows(new NumberedRows(100), NOISE, 7)));
    assertThat(first.get(42)).hasSize(4).startsWith("number 42", "");
    assertThat(first.get(0))
        .containsExactly("number", "empty", "noise_5_uniform", "noise_1000_zipf");
  }

  @Test
  void shouldDrawOtherNoiseForAnotherSeed() throws IOException {
    assertThat(cells(new NoisyRows(new NumberedRows(100), NOISE, 7)))
        .isNotEqualTo(cells(new NoisyRows(new NumberedRows(100), NOISE, 8)));
  }

  @ParameterizedTest
  @EnumSource
  void shouldDrawEachValueAsOftenAsItsDistributionSays(Distribution distribution) {
    int values = 100;
    int draws = 200_000;
    int[] counts = new int[values];
    IntSupplier draw = new NoiseColumn(values, distribution).draws(3);
    for (int i = 0; i < draws; i++) {
      counts[draw.getAsInt()]++;
    }
    double harmonic = 0;
    for (int rank = 1; rank <= values; rank++) {
      harmonic += 1.0 / rank;
    }
    for (int value = 0; value < values; value++) {
      double share =
          distribution == Distribution.UNIFORM ? 1.0 / values : 1 / harmonic / (value + 1);
      // Five standard deviations: a correct sampler fails with none of these seeds.
      assertThat((double) counts[value] / draws)
          .as("value %d, seed 3", value)
          .isCloseTo(share, within(5 * Math.sqrt(share / draws)));
    }
  }

  @Test
  void shouldPassTheRowsThatASplitGivesToTraining() throws IOException {
    Split.Random split = new Split.Random(Shares.DEFAULT, 5);
    List<String> expected = new ArrayList<>(List.of("number"));
    for (int row = 0; row < 200; row++) {
      if (split.part(row, 0) == Part.TRAINING) {
        expected.add("number " + (row + 1));
      }
    }
    assertThat(cells(new TrainingRows(new NumberedRows(200), split)))
        .extracting(row -> row.get(0))
        .isEqualTo(expected);
  }

  @Test
  void shouldRefuseNoiseOfOneValue() {
    assertThatThrownBy(() -> new NoiseColumn(1, Distribution.ZIPF))
        .hasMessage("noise must have >= 2 values, found 1");
  }

  /** The names of the columns, then the cells of each row. */
  private static List<List<String>> cells(Rows rows) throws IOException {
    List<List<String>> all = new ArrayList<>();
    all.add(rows.columns());
    try (rows) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 0; column < rows.columns().size(); column++) {
          int start = rows.start(column);
          int length = rows.end(column) - start;
          row.add(new String(rows.bytes(), start, length, StandardCharsets.UTF_8));
        }
        all.add(row);
      }
    }
    return all;
  }

  /** Rows with their number and an empty cell. */
  private static final class NumberedRows implements BufferedRows {
    private final RowBuffer row = new RowBuffer(2);
    private final int count;
    private int read;

    NumberedRows(int count) {
      this.count = count;
    }

    @Override
    public boolean next() {
      if (read == count) {
        return false;
      }
      row.clear();
      row.add("number " + ++read);
      row.add(null);
      return true;
    }

    @Override
    public String source() {
      return "numbers";
    }

    @Override
    public List<String> columns() {
      return List.of("number", "empty");
    }

    @Override
    public RowBuffer row() {
      return row;
    }

    @Override
    public long malformed() {
      return 0;
    }

    @Override
    public double progress() {
      return -1;
    }

    @Override
    public void close() {}
  }
}
