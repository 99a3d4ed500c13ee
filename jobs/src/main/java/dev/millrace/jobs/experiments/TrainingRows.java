package dev.millrace.jobs.experiments;

import dev.millrace.features.table.Rows;
import dev.millrace.models.data.Part;
import dev.millrace.models.data.Split;
import java.io.IOException;
import java.util.List;

/** The rows that a random split gives to training; the others are passed over. */
final class TrainingRows implements Rows {
  private final Rows rows;
  private final Split.Random split;
  private long next;

  /**
   * @param rows from their start; closed with these
   */
  TrainingRows(Rows rows, Split.Random split) {
    this.rows = rows;
    this.split = split;
  }

  @Override
  public boolean next() throws IOException {
    while (rows.next()) {
      if (split.part(next++, 0) == Part.TRAINING) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String source() {
    return rows.source();
  }

  @Override
  public List<String> columns() {
    return rows.columns();
  }

  @Override
  public byte[] bytes() {
    return rows.bytes();
  }

  @Override
  public int start(int column) {
    return rows.start(column);
  }

  @Override
  public int end(int column) {
    return rows.end(column);
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
