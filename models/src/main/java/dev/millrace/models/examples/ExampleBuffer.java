package dev.millrace.models.examples;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Labelled examples in memory: {@code 8 * lookups + 4} bytes each.
 *
 * <p>Serves as the batch that readers fill and as a source of its own. A reader sees the examples
 * that were there when it was opened. Not safe for use by several threads while it grows.
 */
public final class ExampleBuffer implements ExampleSource {
  private static final int INITIAL_EXAMPLES = 16;

  /** The largest array that every JVM allocates. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final int lookups;
  private int[] rows;
  private float[] weights;
  private float[] labels;
  private int size;

  /**
   * @param lookups row ids of each example, at least 1
   */
  public ExampleBuffer(int lookups) {
    if (lookups < 1) {
      throw new IllegalArgumentException("lookups must be >= 1, found " + lookups);
    }
    this.lookups = lookups;
    this.rows = new int[INITIAL_EXAMPLES * lookups];
    this.weights = new float[INITIAL_EXAMPLES * lookups];
    this.labels = new float[INITIAL_EXAMPLES];
  }

  /**
   * Adds an example.
   *
   * @param exampleRows row of each lookup, not negative
   * @param exampleWeights weight of each lookup, finite; 1 throughout in a plain layout
   * @param label 1 for a click, 0 for none
   * @throws IllegalArgumentException when a value breaks its rule; nothing is added then
   */
  public void add(int[] exampleRows, float[] exampleWeights, float label) {
    requireLookups("rows", exampleRows.length);
    requireLookups("weights", exampleWeights.length);
    for (int lookup = 0; lookup < lookups; lookup++) {
      if (exampleRows[lookup] < 0) {
        throw new IllegalArgumentException(
            "rows[%d] must be >= 0, found %d".formatted(lookup, exampleRows[lookup]));
      }
      if (!Float.isFinite(exampleWeights[lookup])) {
        throw new IllegalArgumentException(
            "weights[%d] must be finite, found %s".formatted(lookup, exampleWeights[lookup]));
      }
    }
    if (label != 0 && label != 1) {
      throw new IllegalArgumentException("label must be 0 or 1, found " + label);
    }
    append(exampleRows, exampleWeights, 0, label);
  }

  /** Adds example {@code index} of another buffer with as many lookups. */
  public void add(ExampleBuffer from, int index) {
    requireLookups("lookups", from.lookups);
    Objects.checkIndex(index, from.size);
    append(from.rows, from.weights, index * lookups, from.labels[index]);
  }

  /**
   * Adds an example as {@link ExampleFormat} has it. Its values are taken as they are: the writer
   * checked them, and the file has a checksum.
   *
   * @param weighted whether weights follow the rows; without them every lookup counts 1
   */
  void add(ByteBuffer from, boolean weighted) {
    reserve();
    int start = size * lookups;
    from.asIntBuffer().get(rows, start, lookups);
    from.position(from.position() + lookups * Integer.BYTES);
    if (weighted) {
      from.asFloatBuffer().get(weights, start, lookups);
      from.position(from.position() + lookups * Float.BYTES);
    } else {
      Arrays.fill(weights, start, start + lookups, 1f);
    }
    labels[size++] = from.get();
  }

  /** Forgets the examples and keeps the memory. */
  public void clear() {
    size = 0;
  }

  /** Number of examples. */
  public int size() {
    return size;
  }

  @Override
  public int lookups() {
    return lookups;
  }

  /** View of the rows, {@code [size, lookups]}, valid until the buffer changes. */
  public IntBuffer rows() {
    return IntBuffer.wrap(rows, 0, size * lookups).asReadOnlyBuffer();
  }

  /** View of the weights, {@code [size, lookups]}, valid until the buffer changes. */
  public FloatBuffer weights() {
    return FloatBuffer.wrap(weights, 0, size * lookups).asReadOnlyBuffer();
  }

  /** View of the labels, {@code [size]}, valid until the buffer changes. */
  public FloatBuffer labels() {
    return FloatBuffer.wrap(labels, 0, size).asReadOnlyBuffer();
  }

  @Override
  public long count() {
    return size;
  }

  @Override
  public ExampleReader open() {
    return new SliceReader(0, size);
  }

  /** The examples from {@code from} (inclusive) to {@code to} (exclusive) as a source. */
  public ExampleSource slice(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    return new ExampleSource() {
      @Override
      public int lookups() {
        return lookups;
      }

      @Override
      public long count() {
        return (long) to - from;
      }

      @Override
      public ExampleReader open() {
        return new SliceReader(from, to);
      }
    };
  }

  private void append(int[] fromRows, float[] fromWeights, int offset, float label) {
    reserve();
    System.arraycopy(fromRows, offset, rows, size * lookups, lookups);
    System.arraycopy(fromWeights, offset, weights, size * lookups, lookups);
    labels[size++] = label;
  }

  /** Makes room for one more example. */
  private void reserve() {
    if (size < labels.length) {
      return;
    }
    int most = MAX_ARRAY / lookups;
    if (size == most) {
      throw new IllegalStateException(
          "a buffer of %d lookups must hold <= %d examples".formatted(lookups, most));
    }
    int capacity = (int) Math.min(most, size + (size >> 1) + (long) INITIAL_EXAMPLES);
    rows = Arrays.copyOf(rows, capacity * lookups);
    weights = Arrays.copyOf(weights, capacity * lookups);
    labels = Arrays.copyOf(labels, capacity);
  }

  private void requireLookups(String key, int found) {
    if (found != lookups) {
      throw new IllegalArgumentException(key + " must be " + lookups + " long, found " + found);
    }
  }

  private final class SliceReader implements ExampleReader {
    private final int start;
    private final int end;
    private int next;

    SliceReader(int from, int to) {
      this.start = from;
      this.end = to;
      this.next = from;
    }

    @Override
    public int read(ExampleBuffer into, int limit) {
      int count = Math.min(limit, end - next);
      for (int i = 0; i < count; i++) {
        into.add(ExampleBuffer.this, next++);
      }
      return count;
    }

    @Override
    public void seek(long example) {
      next = start + (int) Objects.checkIndex(example, end - start + 1L);
    }

    @Override
    public void close() {
      next = end;
    }
  }
}
