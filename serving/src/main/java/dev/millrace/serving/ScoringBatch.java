package dev.millrace.serving;

import dev.millrace.models.examples.ExampleBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Encoded examples on their way to a {@link Scorer}, in direct buffers that ONNX Runtime reads
 * without a copy. It grows as needed and is used again batch after batch.
 */
public final class ScoringBatch {

  private final int lookups;
  private final boolean weighted;
  private IntBuffer rows;
  private FloatBuffer weights;
  private int size;

  /**
   * An empty batch.
   *
   * @param lookups rows of each example
   * @param weighted whether they carry weights
   * @param capacity examples to make room for, at least 1
   */
  public ScoringBatch(int lookups, boolean weighted, int capacity) {
    if (lookups < 1 || capacity < 1) {
      throw new IllegalArgumentException(
          "lookups and capacity must be >= 1, found %d and %d".formatted(lookups, capacity));
    }
    this.lookups = lookups;
    this.weighted = weighted;
    allocate(capacity);
  }

  private void allocate(int capacity) {
    int values = Math.multiplyExact(capacity, lookups);
    rows = direct(values).asIntBuffer();
    weights = weighted ? direct(values).asFloatBuffer() : null;
  }

  private static ByteBuffer direct(int values) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(values, Integer.BYTES))
        .order(ByteOrder.nativeOrder());
  }

  /** Adds an example: {@code lookups} rows, and as many weights where they are used. */
  public void add(int[] exampleRows, float[] exampleWeights) {
    int offset = size * lookups;
    if (offset + lookups > rows.capacity()) {
      grow();
    }
    rows.put(offset, exampleRows, 0, lookups);
    if (weighted) {
      weights.put(offset, exampleWeights, 0, lookups);
    }
    size++;
  }

  /** Adds examples with as many lookups each; their labels are left behind. */
  public void addAll(ExampleBuffer examples) {
    IntBuffer allRows = examples.rows();
    FloatBuffer allWeights = examples.weights();
    int[] exampleRows = new int[lookups];
    float[] exampleWeights = new float[lookups];
    for (int i = 0; i < examples.size(); i++) {
      allRows.get(exampleRows);
      allWeights.get(exampleWeights);
      add(exampleRows, exampleWeights);
    }
  }

  private void grow() {
    IntBuffer oldRows = rows;
    FloatBuffer oldWeights = weights;
    allocate(Math.multiplyExact(2, rows.capacity() / lookups));
    rows.put(0, oldRows, 0, size * lookups);
    if (weighted) {
      weights.put(0, oldWeights, 0, size * lookups);
    }
  }

  /** Examples added. */
  public int size() {
    return size;
  }

  /** Rows of each example. */
  public int lookups() {
    return lookups;
  }

  /** Whether examples carry weights. */
  public boolean weighted() {
    return weighted;
  }

  /** Forgets the examples and keeps the memory. */
  public void clear() {
    size = 0;
  }

  /** The rows of examples {@code [from, to)}, {@code [to - from, lookups]}. */
  IntBuffer rows(int from, int to) {
    return rows.slice(from * lookups, (to - from) * lookups);
  }

  /** Their weights, {@code [to - from, lookups]}. */
  FloatBuffer weights(int from, int to) {
    return weights.slice(from * lookups, (to - from) * lookups);
  }
}
