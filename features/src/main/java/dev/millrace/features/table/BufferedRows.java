package dev.millrace.features.table;

/** Rows whose source has no text of its own: each is written into a buffer. */
public interface BufferedRows extends Rows {

  /** Holds the cells of the row, one for each column. */
  RowBuffer row();

  @Override
  default byte[] bytes() {
    return row().bytes();
  }

  @Override
  default int start(int column) {
    return row().start(column);
  }

  @Override
  default int end(int column) {
    return row().end(column);
  }
}
