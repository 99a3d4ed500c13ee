package dev.millrace.features.data;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.table.Numbers;
import dev.millrace.features.table.Rows;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows of cells as rows of values by field ordinal, with what else training needs of a row. A cell
 * of a categorical field is taken as it stands, one of a numeric field must be a finite decimal
 * number, one of a multi-valued field holds values between semicolons, of which the first {@code
 * maxValues} count; an empty cell, and an empty value between semicolons, is missing.
 */
public final class RowValues implements Closeable {
  private static final byte SEPARATOR = ';';
  private static final int NONE = -1;
  private static final Hasher64 GROUP_HASH = Hashing.xxh3_64();

  private final List<Field> fields;
  private final Rows rows;
  private final RowColumns columns;
  private final int[] fieldColumns;
  private final int label;
  private final int group;
  private final int time;
  private final Times times;
  private final Object[] values;
  private long row = -1;

  private RowValues(FeatureCatalog catalog, Rows rows, RowColumns columns) {
    this.fields = catalog.fields();
    this.rows = rows;
    this.columns = columns;
    this.values = new Object[fields.size()];
    this.fieldColumns =
        fields.stream().mapToInt(field -> column("field " + field.name(), field.name())).toArray();
    this.label = optionalColumn("label", columns.label());
    this.group = optionalColumn("group", columns.group());
    this.time = optionalColumn("time", columns.time());
    this.times = new Times();
    columns
        .label()
        .filter(name -> catalog.ordinal(name) >= 0)
        .ifPresent(
            name -> {
              throw new DataSetException(
                  rows.source() + ": label must be no field of the catalogue, found " + name);
            });
  }

  /**
   * Finds the columns of the fields by name.
   *
   * @param rows closed with what is returned, and not if this throws
   * @throws DataSetException if a column is missing, or the label is a field as well
   */
  public static RowValues bind(FeatureCatalog catalog, Rows rows, RowColumns columns) {
    return new RowValues(catalog, rows, columns);
  }

  private int optionalColumn(String role, Optional<String> name) {
    return name.map(found -> column(role + " " + found, found)).orElse(NONE);
  }

  private int column(String what, String name) {
    int column = rows.columns().indexOf(name);
    if (column < 0) {
      throw new DataSetException(
          "%s: %s must have a column, found %s"
              .formatted(rows.source(), what, String.join(", ", rows.columns())));
    }
    return column;
  }

  /** Moves to the next row; false at the end. */
  public boolean next() throws IOException {
    row++;
    return rows.next();
  }

  /** Number of the row, from 0; rows that could not be read have none. */
  public long row() {
    return row;
  }

  /** The rows read. */
  public Rows rows() {
    return rows;
  }

  /**
   * The values of the row by field ordinal, null where missing; the array is valid until the next
   * row.
   *
   * @throws DataSetException if a cell of a numeric field is no number
   */
  public Object[] values() {
    for (Field field : fields) {
      values[field.ordinal()] = value(field, fieldColumns[field.ordinal()]);
    }
    return values;
  }

  private Object value(Field field, int column) {
    int start = rows.start(column);
    int end = rows.end(column);
    if (start == end) {
      return null;
    }
    return switch (field.kind()) {
      case CATEGORICAL -> text(start, end);
      case NUMERIC -> number(field, start, end);
      case MULTI_VALUED -> list(field, start, end);
    };
  }

  private Object number(Field field, int start, int end) {
    double number = Numbers.parse(rows.bytes(), start, end);
    if (Double.isNaN(number)) {
      throw violation("field " + field.name(), "must be a finite number", text(start, end));
    }
    return number;
  }

  private Object list(Field field, int start, int end) {
    List<String> list = new ArrayList<>();
    int from = start;
    for (int at = start; at <= end && list.size() < field.maxValues(); at++) {
      if (at == end || rows.bytes()[at] == SEPARATOR) {
        if (at > from) {
          list.add(text(from, at));
        }
        from = at + 1;
      }
    }
    return list.isEmpty() ? null : list;
  }

  /**
   * Whether the label is 1.
   *
   * @throws DataSetException if it is neither 0 nor 1
   * @throws IllegalStateException if no label was named
   */
  public boolean label() {
    requireNamed("label", label);
    String found = text(rows.start(label), rows.end(label));
    return switch (found) {
      case "1", "1.0" -> true;
      case "0", "0.0" -> false;
      default -> throw violation("label " + columns.label().orElseThrow(), "must be 0 or 1", found);
    };
  }

  /**
   * XXH3-64 of the group's cell.
   *
   * @throws IllegalStateException if no group was named
   */
  public long group() {
    requireNamed("group", group);
    return GROUP_HASH.hashBytesToLong(
        rows.bytes(), rows.start(group), rows.end(group) - rows.start(group));
  }

  /**
   * The row's time: a whole number as it stands, or ISO 8601 as milliseconds since 1970, of which a
   * data set has one or the other; without an offset it is UTC.
   *
   * @throws DataSetException if it is neither, or another one than in the first row
   * @throws IllegalStateException if no time was named
   */
  public long time() {
    requireNamed("time", time);
    String found = text(rows.start(time), rows.end(time));
    try {
      return times.parse(found);
    } catch (IllegalArgumentException e) {
      throw violation("time " + columns.time().orElseThrow(), e.getMessage(), found);
    }
  }

  private static void requireNamed(String role, int column) {
    if (column == NONE) {
      throw new IllegalStateException(role + " must be named to be read, found no column");
    }
  }

  private String text(int start, int end) {
    return new String(rows.bytes(), start, end - start, StandardCharsets.UTF_8);
  }

  private DataSetException violation(String what, String rule, String found) {
    return new DataSetException(rows.source(), row + 1, what + " " + rule, found);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
