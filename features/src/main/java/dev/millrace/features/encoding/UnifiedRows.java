package dev.millrace.features.encoding;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.Field;
import java.util.List;

/**
 * Rows of a unified embedding (Coleman et al., "Unified Embedding: Battle-Tested Feature
 * Representations for Web-Scale ML Systems", NeurIPS 2023): SipHash-2-4 of a value's UTF-8 bytes
 * under the key (field ordinal, chunk), unsigned modulo the table's size.
 */
final class UnifiedRows implements RowSpace {
  private final int buckets;
  private final HashFunction[][] hashes;
  private final int[][] missing;

  UnifiedRows(Embedding.Unified embedding, List<Field> fields) {
    this.buckets = embedding.buckets();
    this.hashes = new HashFunction[fields.size()][];
    this.missing = new int[fields.size()][];
    for (Field field : fields) {
      HashFunction[] chunks = new HashFunction[field.chunks()];
      int[] missingRows = new int[field.chunks()];
      for (int chunk = 0; chunk < chunks.length; chunk++) {
        chunks[chunk] = Hashing.sipHash24(field.ordinal(), chunk);
        missingRows[chunk] = HashedRow.ofMissing(chunks[chunk], buckets);
      }
      hashes[field.ordinal()] = chunks;
      missing[field.ordinal()] = missingRows;
    }
  }

  @Override
  public int size() {
    return buckets;
  }

  @Override
  public int row(int ordinal, int chunk, String value) {
    return HashedRow.of(hashes[ordinal][chunk], value, buckets);
  }

  @Override
  public int missingRow(int ordinal, int chunk) {
    return missing[ordinal][chunk];
  }
}
