package dev.millrace.models.onnx;

import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the values of embedding tables are stored. A graph gathers the stored rows and widens only
 * those to float32, so that the rest of the network computes as ever.
 */
public enum TablePrecision {
  /** 4 bytes a value, as trained. */
  FLOAT32(Float.BYTES),
  /**
   * IEEE 754 binary16, 2 bytes a value: rounded to the nearest, ties to even; a relative error of
   * at most 2^-11 between 6e-5 and 65504.
   */
  FLOAT16(Short.BYTES),
  /**
   * One byte a value and a float32 scale for each row: {@code scale = max |row| / 127}, symmetric,
   * rounded to the nearest; an error of at most half the scale. Tables of width 1 stay in float32,
   * which takes less than a value and its scale.
   */
  INT8(Byte.BYTES);

  private static final int INT8_MAX = 127;
  private static final float FLOAT16_MAX = 65504;

  private final int bytes;

  TablePrecision(int bytes) {
    this.bytes = bytes;
  }

  /**
   * The precision of a name such as {@code float16}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TablePrecision of(String name) {
    for (TablePrecision precision : values()) {
      if (precision.toString().equals(name)) {
        return precision;
      }
    }
    throw new IllegalArgumentException(
        "table precision must be one of float32, float16, int8, found " + name);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Bytes of a stored table {@code [rows, dim]}, scales included. */
  public long storedBytes(long rows, int dim) {
    return rows * at(dim).bytes * dim + scaleBytes(rows, dim);
  }

  /** Bytes of the scales of a stored table {@code [rows, dim]}, which lie in the graph. */
  long scaleBytes(long rows, int dim) {
    return at(dim) == INT8 ? rows * Float.BYTES : 0;
  }

  /** The precision that a table of a width has. */
  TablePrecision at(int dim) {
    return this == INT8 && dim == 1 ? FLOAT32 : this;
  }

  /**
   * The parameters as a graph of this precision reads them: what storing does to the tables.
   *
   * @throws IllegalArgumentException when a value of a table cannot be stored
   */
  public Parameters stored(List<ParameterSpec> declared, Parameters parameters) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : declared) {
      float[] tensor = parameters.values(spec.name());
      boolean isTable = spec.role() == ParameterSpec.Role.TABLE;
      values.put(spec.name(), isTable ? storedTable(spec, tensor) : tensor);
    }
    return new Parameters(values);
  }

  private float[] storedTable(ParameterSpec spec, float[] table) {
    requireStorable(spec.name(), table);
    int dim = spec.shape().get(1);
    return switch (at(dim)) {
      case FLOAT32 -> table;
      case FLOAT16 -> halves(table);
      case INT8 -> quantised(table, dim);
    };
  }

  /** Refuses what would become infinite, or make a whole row not a number. */
  void requireStorable(String name, float[] table) {
    float most = this == FLOAT16 ? FLOAT16_MAX : Float.MAX_VALUE;
    for (int i = 0; i < table.length; i++) {
      if (!(Math.abs(table[i]) <= most)) {
        throw new IllegalArgumentException(
            "%s[%d] must be in [-%s, %s] to be stored in %s, found %s"
                .formatted(name, i, most, most, this, table[i]));
      }
    }
  }

  private static float[] halves(float[] table) {
    float[] rounded = new float[table.length];
    for (int i = 0; i < table.length; i++) {
      rounded[i] = Half.toFloat(Half.of(table[i]));
    }
    return rounded;
  }

  private static float[] quantised(float[] table, int dim) {
    float[] rounded = new float[table.length];
    for (int start = 0; start < table.length; start += dim) {
      float scale = scale(table, start, dim);
      for (int i = start; i < start + dim; i++) {
        rounded[i] = quantise(table[i], scale) * scale;
      }
    }
    return rounded;
  }

  /** Appends a row as it is stored, its scale left out. */
  void put(float[] table, int start, int dim, ByteBuffer into) {
    switch (this) {
      case FLOAT32 -> {
        for (int i = start; i < start + dim; i++) {
          into.putFloat(table[i]);
        }
      }
      case FLOAT16 -> {
        for (int i = start; i < start + dim; i++) {
          into.putShort(Half.of(table[i]));
        }
      }
      case INT8 -> {
        float scale = scale(table, start, dim);
        for (int i = start; i < start + dim; i++) {
          into.put(quantise(table[i], scale));
        }
      }
    }
  }

  /** Bytes of a stored value, its share of a scale left out. */
  int valueBytes() {
    return bytes;
  }

  /** The scale of the row that starts at {@code start}; 0 for a row of zeros. */
  static float scale(float[] table, int start, int dim) {
    float largest = 0;
    for (int i = start; i < start + dim; i++) {
      largest = Math.max(largest, Math.abs(table[i]));
    }
    return largest / INT8_MAX;
  }

  static byte quantise(float value, float scale) {
    return scale == 0 ? 0 : (byte) Math.round(value / scale);
  }
}
