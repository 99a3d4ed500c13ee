package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.FeatureException;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.catalog.FieldKind;
import dev.millrace.features.table.RowBuffer;
import dev.millrace.features.table.Rows;
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
 * catalogue and the label. A numeric field counts by its bucket, a multi-valued one by its whole
 * list with semicolons between the values; a missing value is an empty cell.
 */
final class TopicRows implements Rows {

  /** Column of the label: 1 or 0. */
  static final String LABEL = "clicked";

  private static final Topic<LabelledImpression> TOPIC = Topic.LABELLED_IMPRESSIONS;

  private final FeatureCatalog catalog;
  private final long maxRows;
  private final Consumer<String> problems;
  private final TopicRecords records;
  private final WireFormat<LabelledImpression> wireFormat = WireFormat.of(TOPIC);
  private final FeatureBinder binder;
  private final RowBuffer row;
  private long rows;
  private long malformed;

  /**
   * @param maxRows rows after which reading ends, &gt;= 1
   * @param problems is told of each record that cannot be read in one line; may throw
   * @throws TableException if the catalogue cannot be ranked by
   * @throws IOException if the topic cannot be read
   */
  TopicRows(
      String bootstrapServers, FeatureCatalog catalog, long maxRows, Consumer<String> problems)
      throws IOException {
    if (maxRows < 1) {
      throw new TableException("max-rows must be >= 1, found " + maxRows);
    }
    if (!catalog.isFitted()) {
      throw new TableException(
          "catalog must have fitted quantile boundaries, found some unfitted in " + catalog.name());
    }
    if (catalog.ordinal(LABEL) >= 0) {
      throw new TableException("catalog must have no field named as the label, found " + LABEL);
    }
    this.catalog = catalog;
    this.maxRows = maxRows;
    this.problems = problems;
    this.binder = new FeatureBinder(catalog);
    this.row = new RowBuffer(catalog.fields().size() + 1);
    this.records = new TopicRecords(bootstrapServers, TOPIC);
  }

  @Override
  public String source() {
    return TOPIC.name();
  }

  @Override
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    catalog.fields().forEach(field -> columns.add(field.name()));
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
      String problem = read(record);
      if (problem == null) {
        rows++;
        return true;
      }
      malformed++;
      problems.accept(
          "%s, partition %d, offset %d: %s"
              .formatted(record.topic(), record.partition(), record.offset(), problem));
    }
    return false;
  }

  /** Why the record cannot be read; null if it has been. */
  private String read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return "a value must not be null";
    }
    try {
      LabelledImpression labelled =
          wireFormat.decode(record.value(), record.topic(), record.partition(), record.offset());
      if (!labelled.getCatalogFingerprint().equals(catalog.fingerprint())) {
        return "the catalogue must have fingerprint %s, found %s"
            .formatted(catalog.fingerprint(), labelled.getCatalogFingerprint());
      }
      Impression impression = labelled.getImpression();
      fill(
          binder.bindLogged(
              impression.getUserId(), impression.getItemId(), impression.getFeatures()),
          labelled.getClicked());
      return null;
    } catch (MalformedRecordException e) {
      return e.reason();
    } catch (FeatureException e) {
      return e.getMessage();
    }
  }

  private void fill(Object[] values, boolean clicked) {
    row.clear();
    for (Field field : catalog.fields()) {
      Object value = values[field.ordinal()];
      row.add(
          value == null || field.kind() == FieldKind.MULTI_VALUED ? value : field.discrete(value));
    }
    row.add(clicked ? 1 : 0);
  }

  @Override
  public byte[] bytes() {
    return row.bytes();
  }

  @Override
  public int start(int column) {
    return row.start(column);
  }

  @Override
  public int end(int column) {
    return row.end(column);
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
