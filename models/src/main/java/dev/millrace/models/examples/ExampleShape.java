package dev.millrace.models.examples;

import dev.millrace.features.encoding.RowEncoder;
import java.nio.ByteBuffer;

/**
 * What examples of one data set have in common.
 *
 * @param lookups of each example, at least 1
 * @param weighted whether lookups carry weights
 * @param tableRows rows of the table they look up, at least 1
 */
public record ExampleShape(int lookups, boolean weighted, int tableRows) {
  /**
   * @throws IllegalArgumentException naming the component, the rule and the value found
   */
  public ExampleShape {
    if (lookups < 1 || lookups >= 1 << 24) {
      throw new IllegalArgumentException("lookups must be in 1..16777215, found " + lookups);
    }
    if (tableRows < 1) {
      throw new IllegalArgumentException("tableRows must be >= 1, found " + tableRows);
    }
  }

  /** The shape of what an encoder writes. */
  public static ExampleShape of(RowEncoder encoder) {
    return new ExampleShape(encoder.lookups(), encoder.weighted(), encoder.tableRows());
  }

  /** Bytes of an example: rows, weights if there are any, label. */
  int exampleBytes() {
    return lookups * (weighted ? Integer.BYTES + Float.BYTES : Integer.BYTES) + Byte.BYTES;
  }

  /** Appends an example, after it has been checked as {@link ExampleWriter#add} says. */
  void put(int[] rows, float[] weights, boolean label, ByteBuffer into) {
    for (int lookup = 0; lookup < lookups; lookup++) {
      if (rows[lookup] < 0 || rows[lookup] >= tableRows) {
        throw new IllegalArgumentException(
            "rows[%d] must be in 0..%d, found %d".formatted(lookup, tableRows - 1, rows[lookup]));
      }
      into.putInt(rows[lookup]);
    }
    for (int lookup = 0; weighted && lookup < lookups; lookup++) {
      if (!Float.isFinite(weights[lookup])) {
        throw new IllegalArgumentException(
            "weights[%d] must be finite, found %s".formatted(lookup, weights[lookup]));
      }
      into.putFloat(weights[lookup]);
    }
    into.put((byte) (label ? 1 : 0));
  }
}
