package dev.millrace.features.table;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Rows of cells, one at a time. A row's cells are ranges of one byte array, valid until the next
 * row; up to 8 bytes past the end of a cell can be read, whatever they hold.
 */
public interface Rows extends Closeable {

  /** What is read, such as a file name. */
  String source();

  /** Names of the columns, unique. */
  List<String> columns();

  /** Moves to the next row that has a cell for each column; false at the end. */
  boolean next() throws IOException;

  /** Holds the cells of the row. */
  byte[] bytes();

  /** First byte of a cell. */
  int start(int column);

  /** One past the last byte of a cell. */
  int end(int column);

  /** Rows left out so far because they could not be read. */
  long malformed();

  /** How much of the source has been read, in [0,1]; negative where its size is not known. */
  double progress();
}
