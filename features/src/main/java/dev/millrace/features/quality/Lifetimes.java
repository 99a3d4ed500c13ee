package dev.millrace.features.quality;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * How long a labelled impression counts in the decayed horizon. Its lifetime is drawn, by a hash of
 * its id, so that of the impressions of a window a share of {@code 2^(-k / halfLife)} still counts
 * k windows later. Weights decay and counts stay integers: sums do not depend on their order, the
 * exact expectation under independence holds, and state ends by itself.
 */
public final class Lifetimes {
  /** No lifetime is longer: what remains of a window then, a 1,024th of it, ends at once. */
  public static final int MAX_HALF_LIVES = 10;

  /** Keeps the draws apart from other hashes of impression ids. */
  private static final Hasher64 HASHER = Hashing.xxh3_64(0x6C69666574696D65L);

  private static final int MANTISSA_BITS = 53;

  private final double halfLife;

  /**
   * @param halfLife windows, &gt;= 1
   */
  public Lifetimes(int halfLife) {
    if (halfLife < 1) {
      throw new IllegalArgumentException("half-life must be >= 1 window, found " + halfLife);
    }
    this.halfLife = halfLife;
  }

  /** The last window whose decayed horizon counts an impression of this window. */
  public long until(long window, String impressionId) {
    long hash = HASHER.hashBytesToLong(impressionId.getBytes(StandardCharsets.UTF_8));
    return window + windows(((hash >>> (Long.SIZE - MANTISSA_BITS)) + 1) * 0x1p-53);
  }

  /**
   * The lifetime of a uniform draw: geometric, by inversion.
   *
   * @param uniform in (0,1]
   */
  long windows(double uniform) {
    // Strict, so that no machine gives an impression another lifetime.
    double halfLives = -StrictMath.log(uniform) / StrictMath.log(2);
    return (long) Math.floor(halfLife * Math.min(halfLives, MAX_HALF_LIVES));
  }
}
