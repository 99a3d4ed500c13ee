package dev.millrace.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumReader;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Avro's single-object encoding of one record: two marker bytes, the 8-byte CRC-64-AVRO fingerprint
 * of the writer's schema, and the record in Avro binary. It needs no registry: a record written
 * under any committed version of its schema is read.
 *
 * <p>Not safe for use by several threads at once.
 *
 * @param <T> the record
 */
public final class WireFormat<T extends SpecificRecord> {

  private static final short MARKER = (short) 0xC301;
  private static final int HEADER_BYTES = Short.BYTES + Long.BYTES;

  private final Schema schema;
  private final BinaryMessageEncoder<T> encoder;
  private final Map<Long, DatumReader<T>> readers = new HashMap<>();
  private final BoundedDecoder decoder = new BoundedDecoder();

  private WireFormat(Schema schema, List<Schema> writers) {
    this.schema = schema;
    SpecificData model = SpecificData.getForSchema(schema);
    this.encoder = new BinaryMessageEncoder<>(model, schema);
    for (Schema writer : writers) {
      addWriter(writer, model);
    }
    addWriter(schema, model);
  }

  private void addWriter(Schema writer, SpecificData model) {
    readers.put(
        SchemaNormalization.parsingFingerprint64(writer),
        new SpecificDatumReader<>(writer, schema, model));
  }

  /** The wire format of a topic; it reads every committed version of the topic's record. */
  public static <T extends SpecificRecord> WireFormat<T> of(Topic<T> topic) {
    return new WireFormat<>(topic.schema(), SchemaHistory.versions(topic.schema().getName()));
  }

  /**
   * The wire format of a record.
   *
   * @param schema the schema to read as and to write, of a generated class
   * @param writers older schemas that are read too
   */
  static <T extends SpecificRecord> WireFormat<T> of(Schema schema, List<Schema> writers) {
    return new WireFormat<>(schema, writers);
  }

  /** Encodes a record. */
  public byte[] encode(T record) {
    try {
      ByteBuffer buffer = encoder.encode(record);
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Decodes a record that was read at a place in Kafka.
   *
   * @throws MalformedRecordException if the bytes are not exactly one record under a known schema
   */
  public T decode(byte[] value, String topic, int partition, long offset) {
    try {
      return decode(value);
    } catch (IOException | RuntimeException e) {
      // Given bytes that no writer wrote, Avro throws exceptions of every kind.
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new MalformedRecordException(
          topic,
          partition,
          offset,
          "%s of %d bytes cannot be read: %s".formatted(schema.getName(), value.length, reason),
          e);
    }
  }

  private T decode(byte[] value) throws IOException {
    if (value.length < HEADER_BYTES) {
      throw new IOException("a value must have at least %d bytes".formatted(HEADER_BYTES));
    }
    ByteBuffer header = ByteBuffer.wrap(value);
    short marker = header.getShort();
    if (marker != MARKER) {
      throw new IOException("a value must start with C301, found %04X".formatted(marker));
    }
    long fingerprint = header.order(ByteOrder.LITTLE_ENDIAN).getLong();
    DatumReader<T> reader = readers.get(fingerprint);
    if (reader == null) {
      throw new IOException(
          "the schema must be a committed version of %s, found fingerprint %016X"
              .formatted(schema.getName(), fingerprint));
    }
    T record = reader.read(null, decoder.reset(value, HEADER_BYTES, value.length - HEADER_BYTES));
    if (decoder.remaining() > 0) {
      throw new IOException(decoder.remaining() + " bytes follow the record");
    }
    return record;
  }
}
