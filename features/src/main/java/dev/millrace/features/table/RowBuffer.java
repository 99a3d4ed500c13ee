package dev.millrace.features.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** The cells of a row whose source has no text of its own, for {@link Rows}. */
public final class RowBuffer {
  /** Between the values of a multi-valued cell. */
  private static final String SEPARATOR = ";";

  private final int[] ends;
  private byte[] bytes = new byte[1 << 10];
  private int cells;

  /** Room for rows of so many cells. */
  public RowBuffer(int columns) {
    this.ends = new int[columns];
  }

  /** Starts the next row. */
  public void clear() {
    cells = 0;
  }

  /**
   * Appends a cell.
   *
   * @param value as {@link Object#toString} writes it; null for an empty cell; a collection for a
   *     multi-valued one, its values between semicolons
   */
  public void add(Object value) {
    byte[] text = text(value).getBytes(StandardCharsets.UTF_8);
    int start = start(cells);
    int end = Math.addExact(start, text.length);
    if (end + Long.BYTES > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + Long.BYTES));
    }
    System.arraycopy(text, 0, bytes, start, text.length);
    ends[cells++] = end;
  }

  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    return value instanceof Collection<?> values
        ? values.stream().map(RowBuffer::text).collect(Collectors.joining(SEPARATOR))
        : value.toString();
  }

  /** Holds the cells, and can be read 8 bytes past each. */
  public byte[] bytes() {
    return bytes;
  }

  /** First byte of a cell. */
  public int start(int column) {
    return column == 0 ? 0 : ends[column - 1];
  }

  /** One past the last byte of a cell. */
  public int end(int column) {
    return ends[column];
  }
}
