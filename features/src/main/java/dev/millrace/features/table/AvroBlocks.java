package dev.millrace.features.table;

import dev.millrace.schemas.BoundedDecoder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableFileInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The records of an Avro container file, a block at a time. A block that cannot be read gives no
 * records: it is reported with its place, and reading goes on after the next sync marker.
 */
final class AvroBlocks implements Closeable {
  private static final int SYNC_BYTES = 16;

  /** Of two variable-length longs. */
  private static final int MAX_FRAME_BYTES = 20;

  private final Path file;
  private final Consumer<String> problems;
  private final SeekableFileInput input;
  private final long length;
  private final DataFileReader<IndexedRecord> reader;
  private final GenericDatumReader<IndexedRecord> records;
  private final BoundedDecoder decoder = new BoundedDecoder();
  private final Queue<IndexedRecord> block = new ArrayDeque<>();
  private long malformed;

  /**
   * Reads the header.
   *
   * @param problems is told of each block that cannot be read in one line; may throw
   * @throws TableException if it is no container file
   */
  AvroBlocks(Path file, Consumer<String> problems) throws IOException {
    this.file = file;
    this.problems = problems;
    this.input = new SeekableFileInput(file.toFile());
    try {
      this.length = input.length();
      this.reader = new DataFileReader<>(input, new GenericDatumReader<>());
      this.records = new TextReader(reader.getSchema());
    } catch (IOException | AvroRuntimeException e) {
      input.close();
      throw new TableException(file + ": must be an Avro container file, found " + e.getMessage());
    }
  }

  /** Gives strings, where Avro would give its own kind of text. */
  private static final class TextReader extends GenericDatumReader<IndexedRecord> {
    TextReader(Schema schema) {
      super(schema);
    }

    @Override
    protected Class<?> findStringClass(Schema schema) {
      return String.class;
    }
  }

  Schema schema() {
    return reader.getSchema();
  }

  /** The next record; null at the end. */
  IndexedRecord next() throws IOException {
    while (block.isEmpty()) {
      long start = reader.previousSync();
      if (start >= length) {
        return null;
      }
      String problem = readBlock(start);
      if (problem != null) {
        block.clear();
        if (reader.previousSync() == start) {
          reader.sync(start);
        }
        malformed++;
        problems.accept(file + ": block at byte " + start + ": " + problem);
      }
    }
    return block.remove();
  }

  /** Why the block cannot be read; null if it has been. */
  private String readBlock(long start) {
    try {
      checkFrame(start);
      ByteBuffer bytes = reader.nextBlock();
      long count = reader.getBlockCount();
      decoder.reset(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      for (long i = 0; i < count; i++) {
        block.add(records.read(null, decoder));
      }
      return decoder.remaining() == 0 ? null : decoder.remaining() + " bytes follow the records";
    } catch (IOException | RuntimeException e) {
      // Given bytes that no writer wrote, Avro throws exceptions of every kind.
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
  }

  /** The reader would allocate what a block declares, and takes a file that is cut off for read. */
  private void checkFrame(long start) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(MAX_FRAME_BYTES);
    int read = input.getChannel().read(frame, start);
    BinaryDecoder in = DecoderFactory.get().binaryDecoder(frame.array(), 0, read, null);
    long count = in.readLong();
    long bytes = in.readLong();
    long left = length - start - SYNC_BYTES;
    if (count < 0 || bytes < 0 || bytes > left) {
      throw new IOException(
          "a block must end within %d bytes, found %d records of %d bytes"
              .formatted(left, count, bytes));
    }
  }

  /** Blocks that could not be read so far. */
  long malformed() {
    return malformed;
  }

  /** How much of the file has been read, in [0,1]. */
  double progress() {
    return (double) reader.previousSync() / length;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
