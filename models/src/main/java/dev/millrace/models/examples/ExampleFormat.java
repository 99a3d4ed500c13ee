package dev.millrace.models.examples;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The head of an example file, 40 bytes, little-endian: magic, version, lookups, flags (int32
 * each), count, table rows, CRC-32C of the examples (int64 each). An example is {@code lookups}
 * int32 row ids, as many float32 weights if flag 1 is set, and a label of one byte, 0 or 1.
 *
 * @param count examples in the file
 * @param checksum CRC-32C of all bytes after the head
 */
record ExampleFormat(ExampleShape shape, long count, long checksum) {
  static final int HEAD_BYTES = 40;

  private static final int MAGIC = 0x5845524D;
  private static final int VERSION = 1;
  private static final int WEIGHTED = 1;

  ByteBuffer toBytes() {
    return ByteBuffer.allocate(HEAD_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putInt(VERSION)
        .putInt(shape.lookups())
        .putInt(shape.weighted() ? WEIGHTED : 0)
        .putLong(count)
        .putLong(shape.tableRows())
        .putLong(checksum)
        .flip();
  }

  /**
   * Reads and checks a head.
   *
   * @param head of the file, as much of it as there is
   * @param fileBytes length of the whole file
   */
  static ExampleFormat parse(Path file, ByteBuffer head, long fileBytes) throws ExampleException {
    require(head.remaining() == HEAD_BYTES, file, "head must be 40 bytes", head.remaining());
    head.order(ByteOrder.LITTLE_ENDIAN);
    int magic = head.getInt();
    require(magic == MAGIC, file, "must be an example file", "magic %08x".formatted(magic));
    int version = head.getInt();
    require(version == VERSION, file, "version must be " + VERSION, version);
    int lookups = head.getInt();
    int flags = head.getInt();
    require((flags & ~WEIGHTED) == 0, file, "flags must be 0 or 1", flags);
    long count = head.getLong();
    long tableRows = head.getLong();
    ExampleShape shape = shape(file, lookups, flags == WEIGHTED, tableRows);
    long body = fileBytes - HEAD_BYTES;
    require(
        body % shape.exampleBytes() == 0 && body / shape.exampleBytes() == count,
        file,
        "must hold " + count + " examples of " + shape.exampleBytes() + " bytes",
        body + " bytes");
    return new ExampleFormat(shape, count, head.getLong());
  }

  private static ExampleShape shape(Path file, int lookups, boolean weighted, long tableRows)
      throws ExampleException {
    try {
      return new ExampleShape(lookups, weighted, Math.toIntExact(tableRows));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ExampleException(file, "head must be sound", e.getMessage());
    }
  }

  private static void require(boolean holds, Path file, String rule, Object found)
      throws ExampleException {
    if (!holds) {
      throw new ExampleException(file, rule, found);
    }
  }
}
