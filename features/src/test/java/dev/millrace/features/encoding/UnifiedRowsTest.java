package dev.millrace.features.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.catalog.FieldKind;
import dev.millrace.features.catalog.FieldSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnifiedRowsTest {

  /** Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012, appendix A. */
  @Test
  void shouldUseTheSipHashOfItsPaper() {
    byte[] message = new byte[15];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) i;
    }
    assertThat(
            Hashing.sipHash24(0x0706050403020100L, 0x0f0e0d0c0b0a0908L).hashBytes(message).asLong())
        .isEqualTo(0xa129ca6149be45e5L);
  }

  /** Buckets of tf.keras.layers.Hashing(num_bins=1009, salt=[field, chunk]), TensorFlow 2.21. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, '', 854", "0, 0, a, 182", "0, 0, user_42, 714", "0, 0, é漢字, 56",
    "0, 1, '', 149", "0, 1, a, 444", "0, 1, user_42, 560", "0, 1, é漢字, 1000",
    "1, 0, '', 541", "1, 0, a, 354", "1, 0, user_42, 138", "1, 0, é漢字, 958",
  })
  void shouldAgreeWithTheReferenceLayer(int field, int chunk, String value, int row) {
    assertThat(rows(1009, 2, 2).row(field, chunk, value)).isEqualTo(row);
  }

  @Test
  void shouldAgreeWithEveryGoldenCase() throws IOException {
    Path golden = Path.of(System.getProperty("millrace.shared"), "golden", "ctr");
    assumeTrue(Files.isDirectory(golden), "golden cases must be beside the checkout, found none");
    JsonNode cases =
        new ObjectMapper().readTree(golden.resolve("unified_embedding_hash.json").toFile());
    for (JsonNode golds : cases.get("cases")) {
      assertBuckets(
          golds.get("salt"), golds.get("num_bins"), cases.get("values"), golds.get("buckets"));
    }
    assertBuckets(
        cases.get("int_salt"), cases.get("int_bins"), cases.get("ints"), cases.get("int_buckets"));
  }

  private static void assertBuckets(
      JsonNode salt, JsonNode bins, JsonNode values, JsonNode buckets) {
    int field = salt.get(0).intValue();
    int chunk = salt.get(1).intValue();
    UnifiedRows rows = rows(bins.intValue(), field + 1, chunk + 1);
    assertThat(values).isNotEmpty();
    for (int i = 0; i < values.size(); i++) {
      assertThat(rows.row(field, chunk, values.get(i).asText()))
          .as("%s of field %d, chunk %d, %s buckets", values.get(i), field, chunk, bins)
          .isEqualTo(buckets.get(i).intValue());
    }
  }

  @Test
  void shouldKeepEveryRowInsideTheTable() {
    UnifiedRows rows = rows(Integer.MAX_VALUE, 1, 1);

    assertThat(IntStream.range(0, 10_000).map(i -> rows.row(0, 0, "value " + i)))
        .allMatch(row -> row >= 0 && row < rows.size());
  }

  /** Unpaired surrogates have no UTF-8 form; they must not become the missing value's byte. */
  @Test
  void shouldKeepMissingApartFromEveryText() {
    UnifiedRows rows = rows(Integer.MAX_VALUE, 1, 1);

    for (String text : List.of("", "null", "?", "\u00FF", "\uFFFD", "\uD800", "\0")) {
      assertThat(rows.row(0, 0, text)).isNotEqualTo(rows.missingRow(0, 0));
    }
  }

  private static UnifiedRows rows(int buckets, int fields, int chunks) {
    return new UnifiedRows(
        new Embedding.Unified(buckets, 4),
        IntStream.range(0, fields)
            .mapToObj(
                i ->
                    new Field(
                        i,
                        "f" + i,
                        FieldKind.CATEGORICAL,
                        FieldSource.CONTEXT,
                        Optional.empty(),
                        chunks,
                        1))
            .toList());
  }
}
