package dev.millrace.models.onnx;

import dev.millrace.models.bundle.BundleWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Embedding tables in a file of their own beside the graph. ONNX Runtime maps it into memory, so
 * that sessions share it and rows come in as they are looked up.
 */
final class ExternalTables implements BundleWriter.Content {
  /** The page size that the ONNX format recommends to start tensors at. */
  private static final int ALIGNMENT = 4096;

  private final List<TableValues> tables = new ArrayList<>();
  private long size;

  /** Appends a table and returns where it starts. */
  long add(TableValues table) {
    long offset = aligned(size);
    tables.add(table);
    size = offset + table.bytes();
    return offset;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    long written = 0;
    for (TableValues table : tables) {
      long offset = aligned(written);
      out.write(new byte[(int) (offset - written)]);
      table.writeTo(out);
      written = offset + table.bytes();
    }
  }

  private static long aligned(long position) {
    return (position + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
