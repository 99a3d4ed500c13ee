package dev.millrace.models.train;

import java.nio.FloatBuffer;

/**
 * An embedding table, {@code [rows, dim]}, on the heap: the engine sees only the rows that a batch
 * touches, so a step costs the same however many rows there are.
 */
final class EmbeddingTable {
  private final float[] values;
  private final int dim;

  EmbeddingTable(float[] values, int dim) {
    this.values = values;
    this.dim = dim;
  }

  float[] values() {
    return values;
  }

  int dim() {
    return dim;
  }

  /** A copy of the touched rows, {@code [touched.count, dim]}. */
  FloatBuffer gather(TouchedRows touched) {
    float[] gathered = new float[touched.count() * dim];
    for (int position = 0; position < touched.count(); position++) {
      System.arraycopy(values, touched.row(position) * dim, gathered, position * dim, dim);
    }
    return FloatBuffer.wrap(gathered);
  }
}
