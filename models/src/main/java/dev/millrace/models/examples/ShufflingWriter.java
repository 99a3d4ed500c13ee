package dev.millrace.models.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Writes examples in a uniformly random order, whatever order they come in (Rao 1961, Sandelius
 * 1962): each goes to a pile drawn at random, and the piles, small enough for memory, are shuffled
 * one by one and laid on each other.
 *
 * <p>Holds {@value #PILE_BYTES} bytes or, of data beyond {@value #MAX_PILES} times that, the
 * {@value #MAX_PILES}th part. The disk holds the examples twice until the file is finished.
 */
final class ShufflingWriter implements ExampleWriter {
  static final int PILE_BYTES = 1 << 25;
  static final int MAX_PILES = 512;

  private static final int BUFFER_BYTES = 1 << 15;

  private final ExampleShape shape;
  private final ExampleFileWriter target;
  private final SplittableRandom random;
  private final Pile[] piles;

  /**
   * @param expected examples that will come; more or fewer only change the memory needed
   */
  ShufflingWriter(Path file, ExampleShape shape, long expected, long seed) throws IOException {
    this.shape = shape;
    this.random = new SplittableRandom(seed);
    long bytes = Math.multiplyExact(Math.max(0, expected), (long) shape.exampleBytes());
    this.piles = new Pile[(int) Math.min(MAX_PILES, bytes / PILE_BYTES + 1)];
    this.target = new ExampleFileWriter(file, shape);
    try {
      for (int i = 0; i < piles.length; i++) {
        piles[i] = new Pile(file.resolveSibling(file.getFileName() + ".pile" + i));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void add(int[] rows, float[] weights, boolean label) throws IOException {
    piles[random.nextInt(piles.length)].add(rows, weights, label);
  }

  @Override
  public ExampleFile finish() throws IOException {
    for (Pile pile : piles) {
      pile.layOn(target);
    }
    return target.finish();
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Pile pile : piles) {
      try {
        if (pile != null) {
          pile.close();
        }
      } catch (IOException e) {
        failure = e;
      }
    }
    target.close();
    if (failure != null) {
      throw failure;
    }
  }

  /** Some of the examples, in a file of their own. */
  private final class Pile {
    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer;
    private long count;

    Pile(Path file) throws IOException {
      this.file = file;
      this.buffer = allocate(Math.max(BUFFER_BYTES, shape.exampleBytes()));
      this.channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    }

    private static ByteBuffer allocate(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    void add(int[] rows, float[] weights, boolean label) throws IOException {
      if (buffer.remaining() < shape.exampleBytes()) {
        flush();
      }
      int start = buffer.position();
      try {
        shape.put(rows, weights, label, buffer);
      } catch (IllegalArgumentException e) {
        buffer.position(start);
        throw e;
      }
      count++;
    }

    private void flush() throws IOException {
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }

    void layOn(ExampleFileWriter writer) throws IOException {
      flush();
      ByteBuffer all = allocate(Math.toIntExact(Math.multiplyExact(count, shape.exampleBytes())));
      channel.position(0);
      while (all.hasRemaining() && channel.read(all) >= 0) {}
      int[] order = Shuffle.permutation((int) count, random);
      for (int example : order) {
        int start = example * shape.exampleBytes();
        writer.add(all.slice(start, shape.exampleBytes()));
      }
      close();
    }

    void close() throws IOException {
      channel.close();
      Files.deleteIfExists(file);
    }
  }
}
