package dev.millrace.serving;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The policy while no release is live: every order of the candidates is as likely as any other. The
 * draw is XXH3 of request and item under a seed, so that a replay draws the same. The policy's name
 * is hashed too: a simulation that drew its clicks by the same hash and seed would draw them alike,
 * and no item shown would ever be clicked.
 */
final class Exploration {

  /** What rankings and impressions of this policy are stamped with. */
  static final String RELEASE = "exploration";

  private static final double UNIT = 0x1p-53;

  private final Hasher64 hasher;

  Exploration(long seed) {
    this.hasher = Hashing.xxh3_64(seed);
  }

  /** A uniform draw in [0, 1). */
  double score(String requestId, String itemId) {
    long hash =
        hasher.hashToLong(
            itemId, (item, sink) -> sink.putString(RELEASE).putString(requestId).putString(item));
    return (hash >>> 11) * UNIT;
  }
}
