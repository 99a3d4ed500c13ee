package dev.millrace.models.examples;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * One epoch: all examples of a source in random order, with a window of them in memory.
 *
 * <p>A source that fits into the window is shuffled uniformly. A larger one is cut into blocks of
 * neighbours, at least {@value #BLOCKS_PER_WINDOW} to a window; each window takes the next blocks
 * of a random permutation of all and is shuffled as a whole. How far that is from a uniform shuffle
 * depends on how alike neighbours are; a file written by {@link ExampleFile#createShuffled} has its
 * examples in a uniformly random order to begin with.
 */
public final class ShuffledReader implements ExampleReader {
  private static final int BLOCKS_PER_WINDOW = 512;

  /** Enough for a read of some 50 kB in one place of a file. */
  private static final int MAX_BLOCK = 256;

  private final ExampleReader source;
  private final long count;
  private final int block;
  private final int blocksPerWindow;
  private final int[] blocks;
  private final long[] windowSeeds;
  private final ExampleBuffer buffered;
  private int nextWindow;
  private int[] order = {};
  private int next;

  /**
   * Opens a source for one epoch.
   *
   * @param window examples held in memory, at least 1
   * @param seed the same source, window and seed give the same order
   */
  public ShuffledReader(ExampleSource source, int window, long seed) throws IOException {
    if (window < 1) {
      throw new IllegalArgumentException("window must be >= 1, found " + window);
    }
    this.count = source.count();
    this.block = Math.max(1, Math.min(MAX_BLOCK, window / BLOCKS_PER_WINDOW));
    this.blocksPerWindow = window / block;
    SplittableRandom random = new SplittableRandom(seed);
    this.blocks = Shuffle.permutation(Math.toIntExact(ceilDivide(count, block)), random);
    this.windowSeeds = random.longs(ceilDivide(blocks.length, blocksPerWindow)).toArray();
    this.buffered = new ExampleBuffer(source.lookups());
    this.source = source.open();
  }

  @Override
  public int read(ExampleBuffer into, int limit) throws IOException {
    int read = 0;
    while (read < limit && (next < order.length || refill())) {
      into.add(buffered, order[next++]);
      read++;
    }
    return read;
  }

  /** Reads the one window that holds the place; those before it are passed over unread. */
  @Override
  public void seek(long example) throws IOException {
    if (example < 0 || example > count) {
      throw new IndexOutOfBoundsException(
          "example must be in 0..%d, found %d".formatted(count, example));
    }
    nextWindow = 0;
    order = new int[0];
    next = 0;
    long left = example;
    while (left > 0 && left >= windowSize(nextWindow)) {
      left -= windowSize(nextWindow++);
    }
    if (left > 0) {
      refill();
      next = (int) left;
    }
  }

  private int windowSize(int window) {
    int size = 0;
    for (int i = firstBlock(window); i < firstBlock(window + 1); i++) {
      size += blockSize(blocks[i]);
    }
    return size;
  }

  private int firstBlock(int window) {
    return (int) Math.min(blocks.length, (long) window * blocksPerWindow);
  }

  private int blockSize(int number) {
    return (int) Math.min(block, count - (long) number * block);
  }

  private boolean refill() throws IOException {
    if (nextWindow == windowSeeds.length) {
      return false;
    }
    buffered.clear();
    for (int i = firstBlock(nextWindow); i < firstBlock(nextWindow + 1); i++) {
      source.seek((long) blocks[i] * block);
      readFully(blockSize(blocks[i]));
    }
    order = Shuffle.permutation(buffered.size(), new SplittableRandom(windowSeeds[nextWindow++]));
    next = 0;
    return true;
  }

  private void readFully(int examples) throws IOException {
    for (int left = examples; left > 0; ) {
      int read = source.read(buffered, left);
      if (read == 0) {
        throw new IOException("a source of " + count + " examples must not end before the last");
      }
      left -= read;
    }
  }

  private static long ceilDivide(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
