package dev.millrace.features.encoding;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.Field;
import java.util.List;

/**
 * Hashed tables of the fields, one after the other: SipHash-2-4 of a value's UTF-8 bytes under the
 * key (field ordinal, 0), as {@link UnifiedRows} has it, unsigned modulo the size of the field's
 * table.
 */
final class SeparateRows implements RowSpace {
  private final HashFunction[] hashes;
  private final int[] buckets;
  private final int[] starts;
  private final int size;

  SeparateRows(Embedding.Separate embedding, List<Field> fields) {
    this.hashes = new HashFunction[fields.size()];
    this.buckets = new int[fields.size()];
    this.starts = new int[fields.size()];
    int next = 0;
    for (Field field : fields) {
      hashes[field.ordinal()] = Hashing.sipHash24(field.ordinal(), 0);
      buckets[field.ordinal()] = embedding.buckets().get(field.name());
      starts[field.ordinal()] = next;
      next += buckets[field.ordinal()];
    }
    this.size = next;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int row(int ordinal, int chunk, String value) {
    return starts[ordinal] + HashedRow.of(hashes[ordinal], value, buckets[ordinal]);
  }

  @Override
  public int missingRow(int ordinal, int chunk) {
    return starts[ordinal] + HashedRow.ofMissing(hashes[ordinal], buckets[ordinal]);
  }
}
