package dev.millrace.features.encoding;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.catalog.FieldKind;
import java.util.Arrays;
import java.util.List;

/** Walks the fields and their chunks; where a value lives is the row space's to say. */
final class FieldRowEncoder implements RowEncoder {
  private final List<Field> fields;
  private final RowSpace space;
  private final int dim;
  private final int tokens;
  private final int[] segments;
  private final boolean weighted;

  FieldRowEncoder(FeatureCatalog catalog, RowSpace space) {
    this.fields = catalog.fields();
    this.space = space;
    this.dim = catalog.embedding().dim();
    this.tokens = fields.stream().mapToInt(Field::chunks).sum();
    this.weighted =
        fields.stream().anyMatch(f -> f.kind() == FieldKind.MULTI_VALUED || f.isScaled());
    this.segments = new int[fields.stream().mapToInt(f -> f.chunks() * f.maxValues()).sum()];
    int lookup = 0;
    int token = 0;
    for (Field field : fields) {
      for (int chunk = 0; chunk < field.chunks(); chunk++) {
        Arrays.fill(segments, lookup, lookup + field.maxValues(), token++);
        lookup += field.maxValues();
      }
    }
  }

  @Override
  public int lookups() {
    return segments.length;
  }

  @Override
  public int tokens() {
    return tokens;
  }

  @Override
  public int[] segments() {
    return segments.clone();
  }

  @Override
  public boolean weighted() {
    return weighted;
  }

  @Override
  public int tableRows() {
    return space.size();
  }

  @Override
  public int dim() {
    return dim;
  }

  @Override
  public void encode(Object[] values, int[] rows, float[] weights, int offset) {
    if (weights != null) {
      Arrays.fill(weights, offset, offset + segments.length, 1f);
    }
    int lookup = offset;
    for (Field field : fields) {
      Object value = values[field.ordinal()];
      if (field.kind() == FieldKind.MULTI_VALUED) {
        encodeList(field, value, rows, weights, lookup);
      } else {
        encodeSingle(field, value, rows, lookup);
        if (value != null && field.isScaled()) {
          Arrays.fill(weights, lookup, lookup + field.chunks(), field.embeddingWeight(value));
        }
      }
      lookup += field.chunks() * field.maxValues();
    }
  }

  private void encodeSingle(Field field, Object value, int[] rows, int lookup) {
    String key = value == null ? null : field.embeddingKey(value);
    for (int chunk = 0; chunk < field.chunks(); chunk++) {
      rows[lookup + chunk] =
          key == null
              ? space.missingRow(field.ordinal(), chunk)
              : space.row(field.ordinal(), chunk, key);
    }
  }

  /** Padding points at the missing row, which exists in every table, under weight 0. */
  private void encodeList(Field field, Object value, int[] rows, float[] weights, int lookup) {
    List<?> list = value == null ? List.of() : (List<?>) value;
    int present = Math.min(list.size(), field.maxValues());
    for (int chunk = 0; chunk < field.chunks(); chunk++) {
      int start = lookup + chunk * field.maxValues();
      for (int i = 0; i < present; i++) {
        rows[start + i] = space.row(field.ordinal(), chunk, field.embeddingKey(list.get(i)));
      }
      int end = start + field.maxValues();
      Arrays.fill(rows, start + present, end, space.missingRow(field.ordinal(), chunk));
      int filled = Math.max(1, present);
      Arrays.fill(weights, start, start + filled, 1f / filled);
      Arrays.fill(weights, start + filled, end, 0f);
    }
  }
}
