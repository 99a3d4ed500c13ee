package dev.millrace.models.examples;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Shuffles a stream window by window: reads {@code window} examples, hands them out in random
 * order, reads the next. A source that fits into the window is shuffled whole.
 */
public final class ShuffledReader implements ExampleReader {
  private final ExampleReader source;
  private final int window;
  private final SplittableRandom random;
  private final ExampleBuffer buffered;
  private int[] order = {};
  private int next;

  /**
   * @param source is closed with this reader
   * @param lookups of the examples
   * @param window examples held in memory, at least 1
   * @param seed the same source, window and seed give the same order
   */
  public ShuffledReader(ExampleReader source, int lookups, int window, long seed) {
    if (window < 1) {
      throw new IllegalArgumentException("window must be >= 1, found " + window);
    }
    this.source = source;
    this.window = window;
    this.random = new SplittableRandom(seed);
    this.buffered = new ExampleBuffer(lookups);
  }

  @Override
  public int read(ExampleBuffer into, int limit) throws IOException {
    int count = 0;
    while (count < limit && (next < order.length || refill())) {
      into.add(buffered, order[next++]);
      count++;
    }
    return count;
  }

  private boolean refill() throws IOException {
    buffered.clear();
    int read;
    do {
      read = source.read(buffered, window - buffered.size());
    } while (read > 0 && buffered.size() < window);
    order = new int[buffered.size()];
    next = 0;
    // Fisher and Yates, inside out.
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order.length > 0;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
