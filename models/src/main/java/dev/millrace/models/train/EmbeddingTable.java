package dev.millrace.models.train;

import java.nio.FloatBuffer;

/**
 * An embedding table, {@code [rows, dim]}, on the heap: the engine sees only the rows that a batch
 * touches, so a step costs the same however many rows there are.
 */
final class EmbeddingTable {
  private final float[] values;
  private final int dim;
  private final int movableRows;

  /**
   * @param movableRows rows that training moves; those behind them, the zero row of a cut table,
   *     stay as they are
   */
  EmbeddingTable(float[] values, int dim, int movableRows) {
    this.values = values;
    this.dim = dim;
    this.movableRows = movableRows;
  }

  float[] values() {
    return values;
  }

  int dim() {
    return dim;
  }

  int movableRows() {
    return movableRows;
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
