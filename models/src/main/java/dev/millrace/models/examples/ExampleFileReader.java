package dev.millrace.models.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Reads an example file through a buffer of a fixed size. */
final class ExampleFileReader implements ExampleReader {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Path file;
  private final ExampleFormat format;
  private final int exampleBytes;
  private final FileChannel channel;

  /** Whole examples, those before {@link #next} already given. */
  private final ByteBuffer buffer;

  private long next;

  ExampleFileReader(Path file, ExampleFormat format) throws IOException {
    this.file = file;
    this.format = format;
    this.exampleBytes = format.shape().exampleBytes();
    int examples = Math.max(1, BUFFER_BYTES / exampleBytes);
    this.buffer =
        ByteBuffer.allocateDirect(examples * exampleBytes).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  @Override
  public int read(ExampleBuffer into, int limit) throws IOException {
    int count = (int) Math.min(limit, format.count() - next);
    for (int i = 0; i < count; i++) {
      if (!buffer.hasRemaining()) {
        fill(count - i);
      }
      into.add(buffer, format.shape().weighted());
      next++;
    }
    return count;
  }

  /** Reads ahead no further than is asked for: the next read may be elsewhere. */
  private void fill(int wanted) throws IOException {
    buffer.clear().limit((int) Math.min(buffer.capacity(), (long) wanted * exampleBytes));
    long position = ExampleFormat.HEAD_BYTES + next * exampleBytes;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position + buffer.position());
      if (read < 0) {
        throw new ExampleException(
            file, "must hold " + format.count() + " examples", "an end after " + next);
      }
    }
    buffer.flip();
  }

  @Override
  public void seek(long example) {
    if (example < 0 || example > format.count()) {
      throw new IndexOutOfBoundsException(
          "example must be in 0..%d, found %d".formatted(format.count(), example));
    }
    if (example != next) {
      next = example;
      buffer.limit(0);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
