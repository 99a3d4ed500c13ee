package dev.millrace.features.table;

import java.io.IOException;
import java.util.List;

/** Some of the rows of a source; the others are passed over. */
public abstract class FilteredRows implements Rows {
  private final Rows rows;

  /**
   * @param rows closed with these
   */
  protected FilteredRows(Rows rows) {
    this.rows = rows;
  }

  /** Whether the row that the source is at is one of these; asked once for each. */
  protected abstract boolean accepts();

  @Override
  public final boolean next() throws IOException {
    while (rows.next()) {
      if (accepts()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public final String source() {
    return rows.source();
  }

  @Override
  public final List<String> columns() {
    return rows.columns();
  }

  @Override
  public final byte[] bytes() {
    return rows.bytes();
  }

  @Override
  public final int start(int column) {
    return rows.start(column);
  }

  @Override
  public final int end(int column) {
    return rows.end(column);
  }

  @Override
  public final long malformed() {
    return rows.malformed();
  }

  @Override
  public final double progress() {
    return rows.progress();
  }

  @Override
  public final void close() throws IOException {
    rows.close();
  }
}
