package dev.millrace.features.data;

import dev.millrace.features.catalog.Bucketing;
import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.catalog.FieldKind;
import dev.millrace.features.catalog.FieldSource;
import dev.millrace.features.table.Numbers;
import dev.millrace.features.table.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A catalogue for a table that has none. A column is numeric, in {@value #QUANTILES} quantiles
 * still to be fitted, if all its cells of the first {@value #INFERRED_ROWS} rows that are not empty
 * are finite numbers and more than {@value #MAX_CATEGORIES} of them differ; it is categorical
 * otherwise. Values that come twice have embedding rows of their own.
 */
public final class CatalogInference {
  private static final int INFERRED_ROWS = 100_000;
  private static final int MAX_CATEGORIES = 100;
  private static final int QUANTILES = 32;
  private static final Embedding EMBEDDING = new Embedding.VocabularyTable(2, 16);

  private CatalogInference() {}

  /**
   * Reads the first rows.
   *
   * @param name of the catalogue
   * @param rows not closed here
   * @param notFields columns that are no fields, such as the label's
   * @throws IllegalArgumentException if no column is left, or one has no name for a field
   */
  public static FeatureCatalog infer(String name, Rows rows, Set<String> notFields)
      throws IOException {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < rows.columns().size(); i++) {
      if (!notFields.contains(rows.columns().get(i))) {
        columns.add(new Column(i));
      }
    }
    for (int row = 0; row < INFERRED_ROWS && rows.next(); row++) {
      columns.forEach(column -> column.add(rows));
    }
    List<Field> fields = new ArrayList<>();
    for (Column column : columns) {
      fields.add(column.toField(fields.size(), rows.columns().get(column.index)));
    }
    return FeatureCatalog.of(name, EMBEDDING, fields, List.of());
  }

  private static final class Column {
    private final int index;
    private final Set<String> distinct = new HashSet<>();
    private boolean numeric = true;

    Column(int index) {
      this.index = index;
    }

    void add(Rows rows) {
      int start = rows.start(index);
      int end = rows.end(index);
      if (!numeric || start == end) {
        return;
      }
      numeric = !Double.isNaN(Numbers.parse(rows.bytes(), start, end));
      if (distinct.size() <= MAX_CATEGORIES) {
        distinct.add(new String(rows.bytes(), start, end - start, StandardCharsets.UTF_8));
      }
    }

    Field toField(int ordinal, String name) {
      boolean asNumber = numeric && distinct.size() > MAX_CATEGORIES;
      Optional<Bucketing> bucketing =
          asNumber ? Optional.of(new Bucketing.UnfittedQuantile(QUANTILES)) : Optional.empty();
      FieldKind kind = asNumber ? FieldKind.NUMERIC : FieldKind.CATEGORICAL;
      return new Field(ordinal, name, kind, FieldSource.CONTEXT, bucketing, 1, 1);
    }
  }
}
