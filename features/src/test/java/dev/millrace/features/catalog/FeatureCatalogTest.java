package dev.millrace.features.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FeatureCatalogTest {
  private final FeatureCatalog shop = ShopCatalog.get();

  @Test
  void shouldReadEveryKindOfDefinition() {
    assertThat(shop.name()).isEqualTo("shop");
    assertThat(shop.embedding()).isEqualTo(new Embedding.Unified(65536, 16));
    assertThat(shop.fields()).hasSize(9);
    assertThat(shop.fields().get(0))
        .isEqualTo(
            new Field(
                0, "user", FieldKind.CATEGORICAL, FieldSource.USER_ID, Optional.empty(), 2, 1));
    assertThat(shop.fields().get(4).bucketing()).contains(new Bucketing.LogSquare());
    assertThat(shop.fields().get(5).bucketing())
        .contains(new Bucketing.Quantile(List.of(18.0, 25.0, 35.0)));
    assertThat(shop.fields().get(6).maxValues()).isEqualTo(3);
    assertThat(shop.streaming())
        .containsExactly(
            new StreamingFeature.Rate("item_ctr", Entity.ITEM, Duration.ofHours(6), 12, 1, 20),
            new StreamingFeature.Counter(
                "item_impressions", Entity.ITEM, EventType.IMPRESSION, Duration.ofHours(1), 12),
            new StreamingFeature.History(
                "recent_clicks", Entity.USER, EventType.CLICK, 5, Duration.ofDays(30)));
  }

  @Test
  void shouldFindOrdinalsByName() {
    assertThat(shop.ordinal("country")).isEqualTo(2);
    assertThat(shop.ordinal("no such field")).isEqualTo(-1);
  }

  @Test
  void shouldReadBackItsCanonicalYaml() {
    FeatureCatalog again = FeatureCatalog.parse(shop.toYaml(), "canonical");

    assertThat(again.fingerprint()).isEqualTo(shop.fingerprint());
    assertThat(again.toYaml()).isEqualTo(shop.toYaml());
    assertThat(again.fields()).isEqualTo(shop.fields());
    assertThat(again.streaming()).isEqualTo(shop.streaming());
  }

  /** Bundles and logged examples carry fingerprints: a change of this one orphans them all. */
  @Test
  void shouldKeepItsFingerprintFromReleaseToRelease() {
    assertThat(shop.fingerprint())
        .isEqualTo("499ded088038dd8300378b58b9b680aa4d38195a77714e5e80d0a425495ca51b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: shop|name: corner shop",
        "6h|360m",
        "[18, 25, 35]|[18.0, 2.5e+1, 35]",
        "from: context}|from: 'context'}",
        "size: 5}|size: 5, retention: 30d}",
        "from: item-id}|from: item-id, chunks: 1}",
      })
  void shouldNotLetSpellingIntoTheFingerprint(String target, String replacement) {
    assertThat(ShopCatalog.with(target, replacement).fingerprint()).isEqualTo(shop.fingerprint());
  }

  @Test
  void shouldNotLetCommentsIntoTheFingerprint() {
    assertThat(ShopCatalog.with("fields:\n", "fields: # by ordinal\n").fingerprint())
        .isEqualTo(shop.fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "buckets: 65536|buckets: 65537",
        "dim: 16|dim: 8",
        "name: country|name: land",
        "chunks: 2|chunks: 3",
        "kind: log-square|kind: quantile, boundaries: []",
        "kind: log-square|kind: quantile, buckets: 4",
        "[18, 25, 35]|[18, 25]",
        "[18, 25, 35]|[18, 25, 36]",
        "{name: category, kind: categorical, from: item}|{name: category, kind: categorical, from: context}",
        "maxValues: 3|maxValues: 4",
        "window: 6h|window: 12h",
        "window: 6h, buckets: 12|window: 6h, buckets: 6",
        "clicks: 1,|clicks: 2,",
        "impressions: 20|impressions: 21",
        "event: impression|event: click",
        "size: 5|size: 6",
        "size: 5|size: 5, retention: 29d",
        "entity: user|entity: item",
      })
  void shouldLetEveryDefinitionIntoTheFingerprint(String target, String replacement) {
    assertThat(ShopCatalog.with(target, replacement).fingerprint())
        .isNotEqualTo(shop.fingerprint());
  }

  @Test
  void shouldLetTheOrderOfFieldsIntoTheFingerprint() {
    String country = "  - {name: country, kind: categorical, from: context}\n";
    String category = "  - {name: category, kind: categorical, from: item}\n";

    assertThat(ShopCatalog.with(country + category, category + country).fingerprint())
        .isNotEqualTo(shop.fingerprint());
  }

  @Test
  void shouldBeUnfittedUntilEveryQuantileHasBoundaries() {
    FeatureCatalog unfitted = ShopCatalog.with("boundaries: [18, 25, 35]", "buckets: 4");
    Bucketing fitted = new Bucketing.Quantile(List.of(18.0, 25.0, 35.0));

    assertThat(shop.isFitted()).isTrue();
    assertThat(unfitted.isFitted()).isFalse();
    assertThat(unfitted.withBucketings(Map.of(5, fitted)).fingerprint())
        .isEqualTo(shop.fingerprint());
    assertThatThrownBy(() -> unfitted.fields().get(5).discrete(1.0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldNameTheFileItCannotRead(@TempDir Path folder) throws IOException {
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xFF, 0});

    assertThatThrownBy(() -> FeatureCatalog.load(folder.resolve("absent.yaml")))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("absent.yaml: must be a readable file");
    assertThatThrownBy(() -> FeatureCatalog.load(binary))
        .isInstanceOf(CatalogException.class)
        .hasMessageContaining("binary.yaml: must be UTF-8 text");
  }

  @Test
  void shouldLoadAFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("shop.yaml"), ShopCatalog.YAML);

    assertThat(FeatureCatalog.load(file).fingerprint()).isEqualTo(shop.fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: log-square|kind: min-max",
        "kind: log-square|kind: min-max, min: -1, max: 3.5",
        "chunks: 2|chunks: 1",
      })
  void shouldReadBackEveryDefinition(String target, String replacement) {
    FeatureCatalog changed = ShopCatalog.with(target, replacement);
    FeatureCatalog again = FeatureCatalog.parse(changed.toYaml(), "canonical");

    assertThat(again.fields()).isEqualTo(changed.fields());
    assertThat(again.fingerprint()).isEqualTo(changed.fingerprint());
    assertThat(changed.fingerprint()).isNotEqualTo(shop.fingerprint());
  }

  @Test
  void shouldKeepOnlyTheFieldsChosenWithTheirTables() {
    FeatureCatalog separate =
        FeatureCatalog.parse(
            """
            name: three
            embedding: {kind: separate, buckets: {c: 6, b: 5, a: 4}, dim: 2}
            fields:
              - {name: a, kind: categorical, from: context}
              - {name: b, kind: categorical, from: context}
              - {name: c, kind: numeric, from: context, bucketing: {kind: min-max}}
            """,
            "three.yaml");

    FeatureCatalog chosen = separate.withFields(List.of("c", "a"));

    assertThat(chosen.fields()).extracting(Field::name).containsExactly("a", "c");
    assertThat(chosen.fields()).extracting(Field::ordinal).containsExactly(0, 1);
    assertThat(((Embedding.Separate) chosen.embedding()).buckets()).containsOnlyKeys("a", "c");
    assertThat(FeatureCatalog.parse(separate.toYaml(), "again").fingerprint())
        .isEqualTo(separate.fingerprint())
        .isNotEqualTo(chosen.fingerprint());
    assertThat(separate.isFitted()).isFalse();
    assertThatThrownBy(() -> separate.withFields(List.of("d")))
        .hasMessage("fields must be of [a, b, c], found d");
    assertThatThrownBy(() -> separate.withFields(List.of()))
        .hasMessage("fields must not be empty, found none");
  }
}
