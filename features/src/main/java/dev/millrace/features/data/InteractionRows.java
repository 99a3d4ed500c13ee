package dev.millrace.features.data;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.catalog.FieldKind;
import dev.millrace.features.table.BufferedRows;
import dev.millrace.features.table.RowBuffer;
import dev.millrace.schemas.Impression;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The impressions of a recorded log as rows: the fields of its catalogue, the position where the
 * log has it, and whether a click came. The values of a multi-valued field stand between
 * semicolons. Rows to be counted have the buckets of numeric fields; rows to be trained on have
 * their values, and the time.
 */
public final class InteractionRows implements BufferedRows {
  /** Column of the label: 1 or 0. */
  public static final String LABEL = "clicked";

  /** Column of the impression's time, milliseconds since 1970, of rows to be trained on. */
  public static final String TIMESTAMP = "timestamp";

  private static final String POSITION = "position";

  private final String source;
  private final List<Field> fields;
  private final boolean hasPositions;
  private final boolean counted;
  private final FeatureBinder binder;
  private final InteractionIterator interactions;
  private final RowBuffer row;

  private InteractionRows(InteractionLog log, String source, boolean counted) throws IOException {
    FeatureCatalog catalog = log.catalog();
    this.source = source;
    this.fields = catalog.fields();
    this.hasPositions = log.hasPositions();
    this.counted = counted;
    this.binder = new FeatureBinder(catalog);
    this.row = new RowBuffer(columns().size());
    this.interactions = log.open(1, 0);
  }

  /**
   * Opens a log whose rows are to be counted.
   *
   * @param format as {@link InteractionLogs#open} takes it
   * @throws DataSetException for an unknown format, a missing file or a malformed line; {@link
   *     #next()} throws it for later lines
   */
  public static InteractionRows open(String format, Path directory) throws IOException {
    return new InteractionRows(InteractionLogs.open(format, directory), directory.toString(), true);
  }

  /**
   * Opens a log whose rows are to be trained on.
   *
   * @param format as {@link InteractionLogs#open} takes it
   * @throws DataSetException as {@link #open} does
   */
  public static InteractionRows openForTraining(String format, Path directory) throws IOException {
    return new InteractionRows(
        InteractionLogs.open(format, directory), directory.toString(), false);
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    fields.forEach(field -> columns.add(field.name()));
    if (hasPositions) {
      columns.add(POSITION);
    }
    if (!counted) {
      columns.add(TIMESTAMP);
    }
    columns.add(LABEL);
    return columns;
  }

  @Override
  public boolean next() {
    if (!interactions.hasNext()) {
      return false;
    }
    LoggedInteraction interaction = interactions.next();
    Impression impression = interaction.impression();
    Object[] values =
        binder.bindLogged(impression.getUserId(), impression.getItemId(), impression.getFeatures());
    row.clear();
    for (Field field : fields) {
      Object value = values[field.ordinal()];
      boolean bucketed = counted && value != null && field.kind() == FieldKind.NUMERIC;
      row.add(bucketed ? field.discrete(value) : value);
    }
    if (hasPositions) {
      row.add(impression.getPosition());
    }
    if (!counted) {
      row.add(impression.getTimestamp().toEpochMilli());
    }
    row.add(interaction.click().isPresent() ? 1 : 0);
    return true;
  }

  @Override
  public RowBuffer row() {
    return row;
  }

  /** None: a line that breaks the format is refused. */
  @Override
  public long malformed() {
    return 0;
  }

  @Override
  public double progress() {
    return -1;
  }

  @Override
  public void close() throws IOException {
    interactions.close();
  }
}
