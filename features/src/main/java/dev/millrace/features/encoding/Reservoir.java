package dev.millrace.features.encoding;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A uniform sample of a stream of unknown length (Vitter 1985, algorithm R). */
public final class Reservoir {
  private static final int INITIAL_CAPACITY = 1024;

  private final int size;
  private final SplittableRandom random;
  private double[] sample;
  private long seen;

  /**
   * A sample of nothing yet.
   *
   * @param size values kept at most, &gt;= 1
   * @param seed of the draws
   */
  public Reservoir(int size, long seed) {
    if (size < 1) {
      throw new IllegalArgumentException("sampleSize must be >= 1, found " + size);
    }
    this.size = size;
    this.random = new SplittableRandom(seed);
    this.sample = new double[Math.min(size, INITIAL_CAPACITY)];
  }

  /** Takes in the next value of the stream. */
  public void add(double value) {
    seen++;
    if (seen > size) {
      long slot = random.nextLong(seen);
      if (slot < size) {
        sample[(int) slot] = value;
      }
      return;
    }
    if (seen > sample.length) {
      sample = Arrays.copyOf(sample, (int) Math.min(size, 2L * sample.length));
    }
    sample[(int) seen - 1] = value;
  }

  /** The values kept, ascending. */
  public double[] sorted() {
    double[] sorted = Arrays.copyOf(sample, (int) Math.min(seen, size));
    Arrays.sort(sorted);
    return sorted;
  }
}
