package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.FeatureException;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.catalog.FieldKind;
import dev.millrace.features.table.BufferedRows;
import dev.millrace.features.table.RowBuffer;
import dev.millrace.features.table.TableException;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.LabelledImpression;
import dev.millrace.schemas.MalformedRecordException;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The labelled impressions that their topic holds when it is opened, as rows: the fields of a
 * catalogue and the label. A multi-valued field is its whole list with semicolons between the
 * values; a missing value is an empty cell. Rows to be counted have the buckets of numeric fields;
 * rows to be trained on have their values, and the user and the time of the impression.
 */
final class TopicRows implements BufferedRows {

  /** Column of the label: 1 or 0. */
  static final String LABEL = "clicked";

  /** Column of the impression's user, of rows to be trained on. */
  static final String USER = "impression.userId";

  /** Column of the impression's time, milliseconds since 1970, of rows to be trained on. */
  static final String TIMESTAMP = "impression.timestamp";

  static final Topic<LabelledImpression> TOPIC = Topic.LABELLED_IMPRESSIONS;

  private final FeatureCatalog catalog;
  private final long maxRows;
  private final boolean counted;
  private final TopicBounds bounds;
  private final Consumer<String> problems;
  private final TopicRecords records;
  private final WireFormat<LabelledImpression> wireFormat = WireFormat.of(TOPIC);
  private final FeatureBinder binder;
  private final RowBuffer row;
  private long rows;
  private long malformed;

  private TopicRows(
      String bootstrapServers,
      FeatureCatalog catalog,
      long maxRows,
      boolean counted,
      TopicBounds bounds,
      Consumer<String> problems)
      throws IOException {
    this.catalog = catalog;
    this.maxRows = maxRows;
    this.counted = counted;
    this.bounds = bounds;
    this.problems = problems;
    this.binder = new FeatureBinder(catalog);
    List<String> columns = columns();
    for (String column : columns.subList(catalog.fields().size(), columns.size())) {
      if (catalog.ordinal(column) >= 0) {
        throw new TableException("catalog must have no field named as a column, found " + column);
      }
    }
    this.row = new RowBuffer(columns.size());
    this.records = new TopicRecords(bootstrapServers, TOPIC, bounds);
  }

  /**
   * Opens the topic for rows to be counted.
   *
   * @param maxRows rows after which reading ends, &gt;= 1
   * @param problems is told of each record that cannot be read in one line; may throw
   * @throws TableException if the catalogue cannot be ranked by
   * @throws IOException if the topic cannot be read
   */
  static TopicRows forCounting(
      String bootstrapServers, FeatureCatalog catalog, long maxRows, Consumer<String> problems)
      throws IOException {
    if (maxRows < 1) {
      throw new TableException("max-rows must be >= 1, found " + maxRows);
    }
    if (!catalog.isFitted()) {
      throw new TableException(
          "catalog must have fitted bucketings, found some unfitted in " + catalog.name());
    }
    return new TopicRows(bootstrapServers, catalog, maxRows, true, TopicBounds.NONE, problems);
  }

  /**
   * Opens the topic for rows to be trained on. Opened again with the {@link #bounds()} of the first
   * time it gives the same rows, whatever has come since.
   *
   * @param catalog under which the topic was written; the one that is trained may differ in
   *     everything but the names and the kinds of its fields
   * @param problems is told of each record that cannot be read in one line; may throw
   * @throws TableException if a field is named as one of the other columns
   * @throws IOException if the topic cannot be read
   */
  static TopicRows forTraining(
      String bootstrapServers,
      FeatureCatalog catalog,
      TopicBounds bounds,
      Consumer<String> problems)
      throws IOException {
    return new TopicRows(bootstrapServers, catalog, Long.MAX_VALUE, false, bounds, problems);
  }

  /** The bounds, with the offsets of every partition between which records are read. */
  TopicBounds bounds() {
    return bounds.withOffsets(records.begins(), records.ends());
  }

  @Override
  public String source() {
    return TOPIC.name();
  }

  @Override
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    catalog.fields().forEach(field -> columns.add(field.name()));
    if (!counted) {
      columns.addAll(List.of(USER, TIMESTAMP));
    }
    columns.add(LABEL);
    return columns;
  }

  @Override
  public boolean next() throws IOException {
    while (rows < maxRows) {
      ConsumerRecord<byte[], byte[]> record = records.next();
      if (record == null) {
        return false;
      }
      try {
        if (read(record)) {
          rows++;
          return true;
        }
      } catch (UnreadableException e) {
        malformed++;
        problems.accept(
            "%s, partition %d, offset %d: %s"
                .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()));
      }
    }
    return false;
  }

  /** Whether the record is between the bounds, and in the row now. */
  private boolean read(ConsumerRecord<byte[], byte[]> record) throws UnreadableException {
    if (record.value() == null) {
      throw new UnreadableException("a value must not be null");
    }
    try {
      LabelledImpression labelled =
          wireFormat.decode(record.value(), record.topic(), record.partition(), record.offset());
      if (!labelled.getCatalogFingerprint().equals(catalog.fingerprint())) {
        throw new UnreadableException(
            "the catalogue must have fingerprint %s, found %s"
                .formatted(catalog.fingerprint(), labelled.getCatalogFingerprint()));
      }
      if (!bounds.include(labelled.getImpression().getTimestamp())) {
        return false;
      }
      fill(labelled);
      return true;
    } catch (MalformedRecordException e) {
      throw new UnreadableException(e.reason());
    } catch (FeatureException e) {
      throw new UnreadableException(e.getMessage());
    }
  }

  private void fill(LabelledImpression labelled) throws UnreadableException {
    Impression impression = labelled.getImpression();
    Object[] values =
        binder.bindLogged(impression.getUserId(), impression.getItemId(), impression.getFeatures());
    row.clear();
    for (Field field : catalog.fields()) {
      Object value = values[field.ordinal()];
      requireSeparable(field, value);
      boolean bucketed = counted && value != null && field.kind() == FieldKind.NUMERIC;
      row.add(bucketed ? field.discrete(value) : value);
    }
    if (!counted) {
      row.add(impression.getUserId());
      row.add(impression.getTimestamp().toEpochMilli());
    }
    row.add(labelled.getClicked() ? 1 : 0);
  }

  /** A list is taken apart again for training, and must come out as it was scored. */
  private void requireSeparable(Field field, Object value) throws UnreadableException {
    if (!counted && value instanceof List<?> list) {
      for (Object element : list) {
        if (element.toString().isEmpty() || element.toString().indexOf(';') >= 0) {
          throw new UnreadableException(
              "%s must hold values without semicolons, found \"%s\""
                  .formatted(field.name(), element));
        }
      }
    }
  }

  /** A record that is no row; the message is the rule and the value found. */
  private static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  @Override
  public RowBuffer row() {
    return row;
  }

  @Override
  public long malformed() {
    return malformed;
  }

  @Override
  public double progress() {
    return Math.max(records.progress(), (double) rows / maxRows);
  }

  @Override
  public void close() {
    records.close();
  }
}
