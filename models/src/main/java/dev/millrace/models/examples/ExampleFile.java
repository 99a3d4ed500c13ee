package dev.millrace.models.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Encoded examples on disk: {@code 4 * lookups + 1} bytes each, {@code 8 * lookups + 1} with
 * weights. Readers hold a buffer of a fixed size, so that a file larger than memory can be read.
 */
public final class ExampleFile implements ExampleSource {
  private static final int CHECK_BYTES = 1 << 18;

  private final Path file;
  private final ExampleFormat format;

  private ExampleFile(Path file, ExampleFormat format) {
    this.file = file;
    this.format = format;
  }

  /** Starts a file that keeps the order in which examples come. */
  public static ExampleWriter create(Path file, ExampleShape shape) throws IOException {
    return new ExampleFileWriter(file, shape);
  }

  /**
   * Starts a file in a uniformly random order, whatever order the examples come in. Memory is
   * bounded by 48 MiB for data of up to 16 GiB; the disk beside it holds the examples twice for a
   * while.
   *
   * @param expected examples that will come; a wrong number costs memory or files, nothing else
   * @param seed the same examples in the same order and the same seed give the same file
   */
  public static ExampleWriter createShuffled(
      Path file, ExampleShape shape, long expected, long seed) throws IOException {
    return new ShufflingWriter(file, shape, expected, seed);
  }

  /**
   * Opens a file that was written to its end.
   *
   * @throws ExampleException when it is no example file, of another version, or cut short
   */
  public static ExampleFile open(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = ByteBuffer.allocate(ExampleFormat.HEAD_BYTES);
      while (head.hasRemaining() && channel.read(head) >= 0) {}
      return new ExampleFile(file, ExampleFormat.parse(file, head.flip(), channel.size()));
    }
  }

  /**
   * Reads the whole file and compares its checksum, which {@link #open} does not.
   *
   * @throws ExampleException when they differ
   */
  public void verify() throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(CHECK_BYTES);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.position(ExampleFormat.HEAD_BYTES);
      while (channel.read(buffer) >= 0) {
        checksum.update(buffer.flip());
        buffer.clear();
      }
    }
    if (checksum.getValue() != format.checksum()) {
      throw new ExampleException(
          file,
          "CRC-32C must be %08x".formatted(format.checksum()),
          "%08x".formatted(checksum.getValue()));
    }
  }

  /** What its examples have in common. */
  public ExampleShape shape() {
    return format.shape();
  }

  @Override
  public int lookups() {
    return format.shape().lookups();
  }

  @Override
  public long count() {
    return format.count();
  }

  @Override
  public ExampleReader open() throws IOException {
    return new ExampleFileReader(file, format);
  }
}
