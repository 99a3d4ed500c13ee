package dev.millrace.features.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.ShopCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VocabularyTest {
  private static final String YAML =
      """
      name: films
      embedding: {kind: vocabulary, minCount: 2, dim: 4}
      fields:
        - {name: user, kind: categorical, from: user-id}
        - {name: age, kind: numeric, from: context, bucketing: {kind: quantile, boundaries: [18]}}
        - {name: genres, kind: multi-valued, from: item, maxValues: 3}
      """;

  private static final List<Object[]> ROWS =
      List.of(
          new Object[] {"b", 10L, List.of("Drama", "War")},
          new Object[] {"a", 11.0, List.of("War")},
          new Object[] {"b", 40L, null},
          new Object[] {"a", null, List.of("Drama", "Noir", "War")},
          new Object[] {7L, 41L, List.of("War")});

  private final FeatureCatalog films = FeatureCatalog.parse(YAML, "films.yaml");

  @Test
  void shouldKeepFrequentValuesMostFrequentFirst() {
    assertThat(build(films, ROWS).values())
        .containsExactly(List.of("a", "b"), List.of("0", "1"), List.of("War", "Drama"));
  }

  @Test
  void shouldNotDependOnTheOrderOfRows() {
    List<Object[]> reversed = new ArrayList<>(ROWS);
    Collections.reverse(reversed);

    assertThat(build(films, reversed)).isEqualTo(build(films, ROWS));
  }

  /** Ranges: user 0-3, age 4-7, genres 8-11; each opens with out-of-vocabulary and missing. */
  @Test
  void shouldGiveEveryFieldARangeOfItsOwn() {
    RowEncoder encoder = RowEncoders.of(films, Optional.of(build(films, ROWS)));

    assertThat(encoder.tableRows()).isEqualTo(12);
    assertThat(encode(encoder, "b", 18.0, List.of("Drama", "Noir")))
        .containsExactly(3, 7, 11, 8, 9);
    assertThat(encode(encoder, "stranger", 17.9, null)).containsExactly(0, 6, 9, 9, 9);
    assertThat(encode(encoder, null, null, List.of("War"))).containsExactly(1, 5, 10, 9, 9);
  }

  @Test
  void shouldReadWhatItWrote(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("vocabulary.json");
    Vocabulary written = build(films, ROWS);
    written.write(file);

    assertThat(Vocabulary.read(file, films)).isEqualTo(written);
    assertThat(file).content().startsWith("{\"version\":1,\"catalogFingerprint\":");
  }

  @Test
  void shouldRefuseTheVocabularyOfAnotherCatalogue(@TempDir Path folder) throws IOException {
    FeatureCatalog other = FeatureCatalog.parse(YAML.replace("[18]", "[19]"), "other.yaml");
    Path file = folder.resolve("vocabulary.json");
    Vocabulary vocabulary = build(films, ROWS);
    vocabulary.write(file);

    assertThatThrownBy(() -> Vocabulary.read(file, other))
        .isInstanceOf(VocabularyException.class)
        .hasMessageContaining("vocabulary.json: catalogFingerprint must be " + other.fingerprint())
        .hasMessageContaining("found " + films.fingerprint());
    assertThatThrownBy(() -> RowEncoders.of(other, Optional.of(vocabulary)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("catalogFingerprint must be");
    assertThatThrownBy(() -> RowEncoders.of(films, Optional.empty()))
        .hasMessageContaining("vocabulary must be given");
    assertThatThrownBy(() -> new VocabularyBuilder(ShopCatalog.get()))
        .hasMessageContaining("embedding.kind must be vocabulary");
  }

  @Test
  void shouldNameTheFileThatIsNoVocabulary(@TempDir Path folder) throws IOException {
    List<String> contents =
        List.of(
            "",
            "[]",
            "{\"version\":2,\"catalogFingerprint\":\"x\",\"values\":[]}",
            "{\"version\":1,\"values\":[]}",
            "{\"version\":1,\"catalogFingerprint\":\"x\",\"values\":[null]}",
            "{\"version\":1,\"catalogFingerprint\":\"x\",\"values\":[[\"a\",\"a\"]]}",
            "{\"version\":1,\"catalogFingerprint\":\"" + films.fingerprint() + "\",\"values\":[]}");
    for (String content : contents) {
      Path file = Files.writeString(folder.resolve("broken.json"), content);
      assertThatThrownBy(() -> Vocabulary.read(file, films))
          .as(content)
          .isInstanceOf(VocabularyException.class)
          .hasMessageContaining("broken.json: ")
          .hasMessageContaining("found")
          .hasMessageNotContaining("\n");
    }
    assertThatThrownBy(() -> Vocabulary.read(folder.resolve("absent.json"), films))
        .isInstanceOf(VocabularyException.class)
        .hasMessageContaining("absent.json: must be a readable file");
  }

  private static Vocabulary build(FeatureCatalog catalog, List<Object[]> rows) {
    VocabularyBuilder builder = new VocabularyBuilder(catalog);
    rows.forEach(builder::add);
    return builder.build();
  }

  private static int[] encode(RowEncoder encoder, Object... values) {
    int[] rows = new int[encoder.lookups()];
    encoder.encode(values, rows, new float[encoder.lookups()], 0);
    return rows;
  }
}
