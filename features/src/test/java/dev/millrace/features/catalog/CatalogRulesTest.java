package dev.millrace.features.catalog;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A broken rule is reported as origin, key, rule and value found, in one line. */
final class CatalogRulesTest {

  static Stream<Arguments> breaches() {
    return Stream.of(
        arguments("name: shop", "nom: shop", "name must be given, found nothing"),
        arguments("name: shop", "name: 7", "name must be a text, found 7"),
        arguments("name: shop", "name: ''", "name must be 1 to 200 printable characters"),
        arguments(
            "name: shop",
            "name: shop\ncolour: red",
            "colour must be a known key here, found it with value the text red"),
        arguments(
            "kind: unified",
            "kind: onehot",
            "embedding.kind must be one of unified, separate, vocab"),
        arguments("buckets: 65536", "buckets: 1", "embedding.buckets must be >= 2, found 1"),
        arguments(
            "buckets: 65536",
            "buckets: 65536000000",
            "embedding.buckets must be an integer, found 65536000000"),
        arguments("dim: 16", "dim: 1.5", "embedding.dim must be an integer, found 1.5"),
        arguments("dim: 16", "dim: 16, rows: 3", "embedding.rows must be a known key here"),
        arguments("chunks: 2", "chunks: 0", "fields[0].chunks must be >= 1, found 0"),
        arguments("chunks: 2", "maxValues: 2", "fields[0].maxValues must be absent unless kind"),
        arguments(
            "from: item-id",
            "from: shop",
            "fields[1].from must be one of user-id, item-id, context, item, streaming, found shop"),
        arguments("name: country", "name: user", "fields[2].name must be unique, found user again"),
        arguments(
            "name: user, kind: categorical",
            "name: user, kind: multi-valued, maxValues: 2",
            "fields[0].kind must be categorical for an id, found multi-valued"),
        arguments(
            ", bucketing: {kind: log-square}",
            "",
            "fields[4].bucketing must be given for a numeric field, found none"),
        arguments(
            "name: category,",
            "name: category, bucketing: {kind: log-square},",
            "fields[3].bucketing must be absent unless kind is numeric, found categorical"),
        arguments(
            "kind: log-square", "kind: log", "fields[4].bucketing.kind must be one of log-square"),
        arguments(
            "[18, 25, 35]",
            "[18, 18]",
            "fields[5].bucketing.boundaries[1] must be above the one before it, found 18.0"),
        arguments(
            "[18, 25, 35]",
            "[18, x]",
            "fields[5].bucketing.boundaries[1] must be a number, found the text x"),
        arguments(
            "boundaries: [18, 25, 35]",
            "buckets: 1",
            "fields[5].bucketing.buckets must be >= 2, found 1"),
        arguments(
            "kind: quantile, boundaries: [18, 25, 35]",
            "kind: min-max, min: 3, max: 2",
            "fields[5].bucketing.max must be >= min, found 2.0 below 3.0"),
        arguments(
            "kind: quantile, boundaries: [18, 25, 35]",
            "kind: min-max, min: 3",
            "fields[5].bucketing.max must be given, found nothing"),
        arguments(", maxValues: 3", "", "fields[6].maxValues must be given, found nothing"),
        arguments(
            "- {name: item_ctr, kind: rate",
            "- {name: ctr, kind: rate",
            "fields[7].name must be defined under streaming, found item_ctr"),
        arguments(
            "kind: numeric, from: streaming, bucketing: {kind: quantile, boundaries: [0.01, 0.05]}",
            "kind: categorical, from: streaming",
            "fields[7].kind must be numeric for this streaming feature, found categorical"),
        arguments(
            "kind: rate", "kind: mean", "streaming[0].kind must be one of counter, rate, history"),
        arguments(
            "window: 6h",
            "window: 6 h",
            "streaming[0].window must be a whole number and one of s, m, h, d"),
        arguments(
            "window: 6h", "window: 0s", "streaming[0].window must be a positive number of whole"),
        arguments(
            "window: 6h, buckets: 12",
            "window: 1s, buckets: 3",
            "streaming[0].window must divide into whole milliseconds by its 3 buckets, found 1s"),
        arguments(
            "impressions: 20",
            "impressions: 0",
            "streaming[0].prior.impressions must be finite and > 0, found 0.0"),
        arguments(
            "clicks: 1,",
            "clicks: 21,",
            "streaming[0].prior.clicks must be in [0, prior.impressions], found 21.0"),
        arguments(
            "clicks: 1,", "clicks: 1, views: 2,", "streaming[0].prior.views must be a known key"),
        arguments("entity: user", "entity: shop", "streaming[2].entity must be one of user, item"),
        arguments("size: 5", "size: 0", "streaming[2].size must be >= 1, found 0"),
        arguments(
            "name: item_impressions",
            "name: item_ctr",
            "streaming[1].name must be unique, found item_ctr again"));
  }

  @ParameterizedTest
  @MethodSource("breaches")
  void shouldNameKeyRuleAndValueFound(String target, String replacement, String message) {
    assertThatThrownBy(() -> ShopCatalog.with(target, replacement))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith("shop.yaml: " + message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldRefuseADuplicateKeyWithItsLine() {
    assertThatThrownBy(() -> ShopCatalog.with("name: shop", "name: shop\nname: shop"))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith("shop.yaml:2: must be one YAML document without duplicate keys")
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldRefuseChunksWithAVocabulary() {
    assertThatThrownBy(
            () ->
                ShopCatalog.with(
                    "{kind: unified, buckets: 65536, dim: 16}",
                    "{kind: vocabulary, minCount: 2, dim: 16}"))
        .isInstanceOf(CatalogException.class)
        .hasMessage(
            "shop.yaml: fields[0].chunks must be 1 unless embedding.kind is unified, found 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{a: 4}|embedding.buckets.b must be given, found nothing",
        "{a: 4, b: 4, c: 4}|embedding.buckets must be of the fields, found c",
        "{a: 4, b: 0}|embedding.buckets.b must be >= 1, found 0",
        "{a: 4, b: x}|embedding.buckets.b must be an integer, found the text x",
        "{a: 2147483647, b: 1}|embedding.buckets must be <= 2147483647 in all, found 2147483648",
        "8|embedding.buckets must be an object, found 8",
      })
  void shouldRefuseSeparateTablesThatAreNotThoseOfTheFields(String buckets, String message) {
    String yaml =
        """
        name: two
        embedding: {kind: separate, buckets: BUCKETS, dim: 2}
        fields:
          - {name: a, kind: categorical, from: context}
          - {name: b, kind: categorical, from: context}
        """;
    assertThatThrownBy(() -> FeatureCatalog.parse(yaml.replace("BUCKETS", buckets), "two.yaml"))
        .isInstanceOf(CatalogException.class)
        .hasMessage("two.yaml: " + message);
  }

  /** Aliases are the only way in which a definition could hold itself. */
  @Test
  void shouldRefuseAliases() {
    assertThatThrownBy(() -> ShopCatalog.with("fields:", "fields: &loop [*loop]\nother:"))
        .isInstanceOf(CatalogException.class)
        .hasMessage("shop.yaml:3: must be without YAML aliases, found *loop");
    assertThatThrownBy(() -> ShopCatalog.with("name: shop", "name: &name shop\ncolour: *name"))
        .isInstanceOf(CatalogException.class)
        .hasMessage("shop.yaml:2: must be without YAML aliases, found *name");
  }

  @Test
  void shouldRefuseADefinitionOfHopelessDepth() {
    assertThatThrownBy(() -> FeatureCatalog.parse("name: " + "[".repeat(100_000), "deep.yaml"))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith("deep.yaml: must be one YAML document")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @MethodSource("notACatalogue")
  void shouldRefuseWhatIsNoCatalogue(String yaml) {
    assertThatThrownBy(() -> FeatureCatalog.parse(yaml, "x.yaml"))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith("x.yaml")
        .hasMessageContaining("found")
        .hasMessageNotContaining("\n");
  }

  static Stream<String> notACatalogue() {
    return Stream.of(
        "",
        "42",
        "- a list",
        "{",
        "name: [",
        "name: x\nembedding: {kind: unified, buckets: 4, dim: 2}\nfields: []\n",
        "name: x\nembedding: {kind: unified, buckets: 4, dim: 2}\nfields: {}\n",
        "name: x\nembedding: {kind: unified, buckets: 4, dim: 2}\nfields: [null]\n",
        "name: x\nembedding:\nfields: []\n",
        ShopCatalog.YAML + "---\n" + ShopCatalog.YAML);
  }
}
