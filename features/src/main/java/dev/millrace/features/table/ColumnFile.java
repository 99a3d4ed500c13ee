package dev.millrace.features.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The codes of all columns in a temporary file, a block of rows at a time, each column in 1, 2 or 4
 * bytes a row. Pairs are counted column against column, long after the rows have gone by.
 */
final class ColumnFile implements Closeable {
  private final FileChannel file;
  private final List<List<Chunk>> columns = new ArrayList<>();
  private final ByteBuffer buffer;
  private long end;

  /** Where a block of a column lies. */
  private record Chunk(long offset, int rows, int width) {}

  /**
   * An empty file, deleted on close.
   *
   * @param blockRows most rows of a block
   */
  ColumnFile(int columns, int blockRows) throws IOException {
    this.buffer = ByteBuffer.allocateDirect(4 * blockRows).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < columns; i++) {
      this.columns.add(new ArrayList<>());
    }
    Path path = Files.createTempFile("millrace-columns", ".bin");
    this.file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Appends a block of a column. */
  void append(int column, int[] codes, int rows, int cardinality) throws IOException {
    int width = cardinality <= 1 << 8 ? 1 : cardinality <= 1 << 16 ? 2 : 4;
    buffer.clear();
    for (int row = 0; row < rows; row++) {
      switch (width) {
        case 1 -> buffer.put((byte) codes[row]);
        case 2 -> buffer.putShort((short) codes[row]);
        default -> buffer.putInt(codes[row]);
      }
    }
    buffer.flip();
    columns.get(column).add(new Chunk(end, rows, width));
    for (long at = end; buffer.hasRemaining(); ) {
      at += file.write(buffer, at);
    }
    end += (long) rows * width;
  }

  /** Reads a column, by row. */
  void read(int column, int[] into) throws IOException {
    int row = 0;
    for (Chunk chunk : columns.get(column)) {
      buffer.clear().limit(chunk.rows * chunk.width);
      for (long at = chunk.offset; buffer.hasRemaining(); ) {
        int read = file.read(buffer, at);
        if (read < 0) {
          throw new IOException("temporary file of columns ended at " + at);
        }
        at += read;
      }
      buffer.flip();
      for (int i = 0; i < chunk.rows; i++) {
        into[row++] =
            switch (chunk.width) {
              case 1 -> buffer.get() & 0xFF;
              case 2 -> buffer.getShort() & 0xFFFF;
              default -> buffer.getInt();
            };
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
