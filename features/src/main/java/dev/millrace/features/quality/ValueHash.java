package dev.millrace.features.quality;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Where a value of a field is counted: its bucket, by XXH3 of its UTF-8 bytes, and the shard that
 * holds the bucket. State is found by it, so it can never change.
 */
public final class ValueHash {
  /** Hash buckets of a field. */
  public static final int BUCKETS = 1024;

  /** Shards of a field, each of every 64th bucket; so many subtasks can share a field's values. */
  public static final int SHARDS = 64;

  static final int BUCKETS_OF_SHARD = BUCKETS / SHARDS;

  private static final int BUCKET_BITS = 10;
  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private ValueHash() {}

  /** The bucket of a value that is not missing, in [0, {@link #BUCKETS}). */
  public static int bucket(String value) {
    long hash = HASHER.hashBytesToLong(value.getBytes(StandardCharsets.UTF_8));
    return (int) (hash >>> (Long.SIZE - BUCKET_BITS));
  }

  /** The shard of a value; a missing one, null, is in the first. */
  public static int shard(String value) {
    return value == null ? 0 : bucket(value) % SHARDS;
  }
}
