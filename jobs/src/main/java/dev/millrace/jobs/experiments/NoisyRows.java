package dev.millrace.jobs.experiments;

import dev.millrace.features.table.BufferedRows;
import dev.millrace.features.table.RowBuffer;
import dev.millrace.features.table.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** Rows with columns of noise behind their own, the same for the same seed in every pass. */
final class NoisyRows implements BufferedRows {
  private final Rows rows;
  private final List<String> columns;
  private final List<IntSupplier> draws;
  private final RowBuffer row;

  /**
   * @param rows closed with these
   * @param seed of the draws
   */
  NoisyRows(Rows rows, List<NoiseColumn> noise, long seed) {
    this.rows = rows;
    this.columns =
        Stream.concat(rows.columns().stream(), noise.stream().map(NoiseColumn::name)).toList();
    this.draws = noise.stream().map(column -> column.draws(seed)).toList();
    this.row = new RowBuffer(columns.size());
  }

  @Override
  public boolean next() throws IOException {
    if (!rows.next()) {
      return false;
    }
    row.clear();
    for (int column = 0; column < rows.columns().size(); column++) {
      int start = rows.start(column);
      row.add(new String(rows.bytes(), start, rows.end(column) - start, StandardCharsets.UTF_8));
    }
    for (IntSupplier draw : draws) {
      row.add(draw.getAsInt());
    }
    return true;
  }

  @Override
  public String source() {
    return rows.source();
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public RowBuffer row() {
    return row;
  }

  @Override
  public long malformed() {
    return rows.malformed();
  }

  @Override
  public double progress() {
    return rows.progress();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
