package dev.millrace.features.table;

import java.io.IOException;
import java.util.List;

/** The rows whose cell in one column is not empty; the others are passed over. */
public final class CompleteRows implements Rows {
  private final Rows rows;
  private final int column;

  /**
   * @param rows closed with these, and not if this throws
   * @param column that may not be empty
   * @throws TableException if there is no such column
   */
  public CompleteRows(Rows rows, String column) {
    this.rows = rows;
    this.column = rows.columns().indexOf(column);
    RankingOptions.require(
        this.column >= 0,
        rows.source() + ": column " + column + " must be there to drop rows without it",
        String.join(", ", rows.columns()));
  }

  @Override
  public boolean next() throws IOException {
    while (rows.next()) {
      if (rows.start(column) < rows.end(column)) {
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
  public int start(int cell) {
    return rows.start(cell);
  }

  @Override
  public int end(int cell) {
    return rows.end(cell);
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
