package dev.millrace.features.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.ShopCatalog;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RowEncoderTest {
  private static final int GENRES = 7;
  private static final int RECENT_CLICKS = 11;

  private final FeatureCatalog shop = ShopCatalog.get();
  private final RowEncoder encoder = RowEncoders.of(shop, Optional.empty());
  private final UnifiedRows table =
      new UnifiedRows((Embedding.Unified) shop.embedding(), shop.fields());
  private final int[] rows = new int[encoder.lookups()];
  private final float[] weights = new float[encoder.lookups()];

  @Test
  void shouldGiveEveryChunkATokenAndEveryListValueALookup() {
    assertThat(encoder.tokens()).isEqualTo(10);
    assertThat(encoder.segments()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 8, 9, 9, 9, 9, 9);
    assertThat(encoder.lookups()).isEqualTo(16);
    assertThat(encoder.weighted()).isTrue();
    assertThat(encoder.tableRows()).isEqualTo(65536);
    assertThat(encoder.dim()).isEqualTo(16);
  }

  @Test
  void shouldLookUpEachValueUnderItsFieldAndChunk() {
    encode("u1", "i1", "SI", 12L, 9.5, 31L, List.of("a", "b"), 0.02, List.of("i7"));

    assertThat(Arrays.copyOf(rows, GENRES + 3))
        .containsExactly(
            table.row(0, 0, "u1"),
            table.row(0, 1, "u1"),
            table.row(1, 0, "i1"),
            table.row(2, 0, "SI"),
            table.row(3, 0, "12"),
            table.row(4, 0, "5"),
            table.row(5, 0, "2"),
            table.row(6, 0, "a"),
            table.row(6, 0, "b"),
            table.missingRow(6, 0));
    assertThat(rows[GENRES + 3]).isEqualTo(table.row(7, 0, "1"));
  }

  @Test
  void shouldShareTheWeightAmongTheValuesOfAList() {
    encode("u1", "i1", "SI", 12L, 9.5, 31L, List.of("a", "b"), 0.02, List.of("i7"));

    assertThat(weights).containsExactly(1, 1, 1, 1, 1, 1, 1, 0.5f, 0.5f, 0, 1, 1, 0, 0, 0, 0);
  }

  @Test
  void shouldLookUpTheMissingRowOnceForAMissingList() {
    encode(null, null, null, null, null, null, null, null, List.of());

    assertThat(rows[0]).isEqualTo(table.missingRow(0, 0));
    assertThat(rows[1]).isEqualTo(table.missingRow(0, 1)).isNotEqualTo(rows[0]);
    assertThat(Arrays.copyOfRange(rows, GENRES, GENRES + 3)).containsOnly(table.missingRow(6, 0));
    assertThat(Arrays.copyOfRange(weights, GENRES, GENRES + 3)).containsExactly(1, 0, 0);
    assertThat(Arrays.copyOfRange(weights, RECENT_CLICKS, RECENT_CLICKS + 5))
        .containsExactly(1, 0, 0, 0, 0);
  }

  @Test
  void shouldWriteNothingOutsideItsPlaces() {
    int[] wideRows = new int[encoder.lookups() + 4];
    float[] wideWeights = new float[encoder.lookups() + 4];
    Arrays.fill(wideRows, -1);
    Arrays.fill(wideWeights, -1);

    encoder.encode(new Object[9], wideRows, wideWeights, 2);

    assertThat(wideRows).startsWith(-1, -1).endsWith(-1, -1);
    assertThat(wideWeights).startsWith(-1, -1).endsWith(-1, -1);
    assertThat(Arrays.copyOfRange(wideRows, 2, wideRows.length - 2)).doesNotContain(-1);
    assertThat(Arrays.copyOfRange(wideWeights, 2, wideWeights.length - 2)).doesNotContain(-1);
  }

  @Test
  void shouldNeedNoWeightsWithoutMultiValuedFields() {
    FeatureCatalog plain =
        FeatureCatalog.parse(
            """
            name: plain
            embedding: {kind: unified, buckets: 100, dim: 4}
            fields:
              - {name: user, kind: categorical, from: user-id}
            """,
            "plain.yaml");
    RowEncoder unweighted = RowEncoders.of(plain, Optional.empty());
    int[] row = new int[1];

    unweighted.encode(new Object[] {"a"}, row, null, 0);

    assertThat(unweighted.weighted()).isFalse();
    assertThat(row).containsExactly(5);
  }

  @Test
  void shouldRefuseWhatCannotBeEncoded() {
    FeatureCatalog unfitted = ShopCatalog.with("boundaries: [18, 25, 35]", "buckets: 4");
    Vocabulary superfluous = new Vocabulary(shop.fingerprint(), List.of());

    assertThatThrownBy(() -> RowEncoders.of(unfitted, Optional.empty()))
        .hasMessageContaining("must have fitted bucketings");
    assertThatThrownBy(() -> RowEncoders.of(shop, Optional.of(superfluous)))
        .hasMessageContaining("vocabulary must be absent");
  }

  private void encode(Object... values) {
    encoder.encode(values, rows, weights, 0);
  }

  /** A scaled field has one row whatever its value, which is the weight; counting sees buckets. */
  @Test
  void shouldWeighTheOneRowOfAScaledField() {
    FeatureCatalog scaled =
        FeatureCatalog.parse(
            """
            name: scaled
            embedding: {kind: vocabulary, minCount: 1, dim: 4}
            fields:
              - {name: user, kind: categorical, from: user-id}
              - {name: time, kind: numeric, from: context, bucketing: {kind: min-max, min: 10, max: 20}}
            """,
            "scaled.yaml");
    VocabularyBuilder builder = new VocabularyBuilder(scaled);
    builder.add(new Object[] {"a", 12.0});
    builder.add(new Object[] {"a", 17.0});
    RowEncoder unwrapped = RowEncoders.of(scaled, Optional.of(builder.build()));
    int[] found = new int[8];
    float[] weight = new float[8];
    unwrapped.encode(new Object[] {"a", 12L}, found, weight, 0);
    unwrapped.encode(new Object[] {"a", 17.5}, found, weight, 2);
    unwrapped.encode(new Object[] {"a", 99.0}, found, weight, 4);
    unwrapped.encode(new Object[] {"a", null}, found, weight, 6);

    assertThat(unwrapped.weighted()).isTrue();
    assertThat(unwrapped.tableRows()).as("user 0-2, time 3-5").isEqualTo(6);
    assertThat(found).containsExactly(2, 5, 2, 5, 2, 5, 2, 4);
    assertThat(weight).containsExactly(1, 0.2f, 1, 0.75f, 1, 1, 1, 1);
    assertThat(scaled.fields().get(1).discrete(17.5)).isEqualTo("24");
  }

  /** Rows of field a are those of the unified table of as many buckets; those of b come after. */
  @Test
  void shouldHashEachFieldIntoATableOfItsOwn() {
    FeatureCatalog separate =
        FeatureCatalog.parse(
            """
            name: two
            embedding: {kind: separate, buckets: {a: 100, b: 7}, dim: 4}
            fields:
              - {name: a, kind: categorical, from: context}
              - {name: b, kind: categorical, from: context}
            """,
            "two.yaml");
    RowEncoder own = RowEncoders.of(separate, Optional.empty());
    UnifiedRows first = new UnifiedRows(new Embedding.Unified(100, 4), separate.fields());
    UnifiedRows second = new UnifiedRows(new Embedding.Unified(7, 4), separate.fields());
    int[] found = new int[4];
    own.encode(new Object[] {"x", "x"}, found, null, 0);
    own.encode(new Object[] {null, null}, found, null, 2);

    assertThat(own.tableRows()).isEqualTo(107);
    assertThat(own.weighted()).isFalse();
    assertThat(found)
        .containsExactly(
            first.row(0, 0, "x"),
            100 + second.row(1, 0, "x"),
            first.missingRow(0, 0),
            100 + second.missingRow(1, 0));
  }
}
