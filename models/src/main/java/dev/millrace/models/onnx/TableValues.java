package dev.millrace.models.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The values of a table as they are stored, row after row, little-endian; without the scales, which
 * are a tensor of their own.
 */
final class TableValues {
  private static final int CHUNK_BYTES = 1 << 20;

  private final TablePrecision precision;
  private final float[] values;
  private final int dim;

  /**
   * @param values {@code [rows, dim]}
   */
  TableValues(TablePrecision precision, float[] values, int dim) {
    this.precision = precision;
    this.values = values;
    this.dim = dim;
  }

  int dim() {
    return dim;
  }

  int rows() {
    return values.length / dim;
  }

  long bytes() {
    return (long) values.length * precision.valueBytes();
  }

  /** The scale of each row, {@code [rows, 1]}. */
  float[] scales() {
    float[] scales = new float[rows()];
    for (int row = 0; row < scales.length; row++) {
      scales[row] = TablePrecision.scale(values, row * dim, dim);
    }
    return scales;
  }

  /** Writes the values in pieces: a table may be larger than one array of bytes. */
  void writeTo(OutputStream out) throws IOException {
    int rowBytes = dim * precision.valueBytes();
    ByteBuffer chunk =
        ByteBuffer.allocate(Math.max(rowBytes, CHUNK_BYTES - CHUNK_BYTES % rowBytes))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < values.length; start += dim) {
      precision.put(values, start, dim, chunk);
      if (chunk.remaining() < rowBytes || start + dim == values.length) {
        out.write(chunk.array(), 0, chunk.position());
        chunk.clear();
      }
    }
  }
}
