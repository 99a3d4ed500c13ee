package dev.millrace.features.encoding;

import com.google.common.hash.HashFunction;
import java.nio.charset.StandardCharsets;

/** A row of a table by the hash of a value. */
final class HashedRow {
  /** UTF-8 has no byte 0xFF, so no value hashes these bytes. */
  private static final byte[] MISSING = {(byte) 0xFF};

  private HashedRow() {}

  static int of(HashFunction hash, String value, int buckets) {
    return of(hash, value.getBytes(StandardCharsets.UTF_8), buckets);
  }

  static int ofMissing(HashFunction hash, int buckets) {
    return of(hash, MISSING, buckets);
  }

  private static int of(HashFunction hash, byte[] bytes, int buckets) {
    return (int) Long.remainderUnsigned(hash.hashBytes(bytes).asLong(), buckets);
  }
}
