package dev.millrace.models.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Appends examples to a file that takes its name, and its head, when it is complete. */
final class ExampleFileWriter implements ExampleWriter {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path file;
  private final Path draft;
  private final ExampleShape shape;
  private final FileChannel channel;
  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer buffer;
  private long count;

  ExampleFileWriter(Path file, ExampleShape shape) throws IOException {
    this.file = file;
    this.draft = file.resolveSibling(file.getFileName() + ".tmp");
    this.shape = shape;
    int capacity = Math.max(BUFFER_BYTES, shape.exampleBytes());
    this.buffer = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    this.channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    channel.position(ExampleFormat.HEAD_BYTES);
  }

  @Override
  public void add(int[] rows, float[] weights, boolean label) throws IOException {
    int start = reserve();
    try {
      shape.put(rows, weights, label, buffer);
    } catch (IllegalArgumentException e) {
      buffer.position(start);
      throw e;
    }
    count++;
  }

  /** Adds an example that is already in its form in the file. */
  void add(ByteBuffer example) throws IOException {
    reserve();
    buffer.put(example);
    count++;
  }

  private int reserve() throws IOException {
    if (buffer.remaining() < shape.exampleBytes()) {
      flush();
    }
    return buffer.position();
  }

  private void flush() throws IOException {
    buffer.flip();
    checksum.update(buffer.duplicate());
    writeFully(buffer);
    buffer.clear();
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public ExampleFile finish() throws IOException {
    flush();
    channel.position(0);
    writeFully(new ExampleFormat(shape, count, checksum.getValue()).toBytes());
    channel.close();
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    return ExampleFile.open(file);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }
}
