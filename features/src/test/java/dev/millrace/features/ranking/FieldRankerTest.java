package dev.millrace.features.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.ShopCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FieldRankerTest {
  private final FeatureCatalog catalog =
      FeatureCatalog.parse(
          """
          name: small
          embedding: {kind: unified, buckets: 64, dim: 4}
          fields:
            - {name: user, kind: categorical, from: user-id}
            - {name: country, kind: categorical, from: context}
            - {name: age, kind: numeric, from: context, bucketing: {kind: quantile, boundaries: [18]}}
            - {name: genres, kind: multi-valued, from: item, maxValues: 3}
          """,
          "small.yaml");
  private final FieldRanker ranker = new FieldRanker(catalog);

  /** The label follows the age; the list tells half of it; users are ids; the country is noise. */
  @Test
  void shouldRankSignalAboveNoise() {
    long seed = 3;
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < 4_000; row++) {
      boolean clicked = random.nextInt(5) == 0;
      boolean told = random.nextBoolean() ? clicked : random.nextBoolean();
      ranker.add(
          new Object[] {
            "u" + row,
            "c" + random.nextInt(50),
            clicked ? random.nextDouble(10, 17) : (Object) random.nextLong(18, 80),
            told ? List.of("a", "b") : List.of("b", "a")
          },
          clicked);
    }
    List<FieldScore> ranks = ranker.rank();

    assertThat(ranks)
        .as("seed %d", seed)
        .extracting(FieldScore::feature)
        .startsWith("age", "genres");
    assertThat(ranks).allSatisfy(s -> assertThat(s.rows()).isEqualTo(4_000));
    assertThat(score("user").score()).isCloseTo(0, within(1e-12));
    assertThat(score("country").score()).isCloseTo(0, within(0.01));
    assertThat(score("age").cardinality()).isEqualTo(2);
    assertThat(score("genres").cardinality()).isEqualTo(2);
    assertThat(score("genres").mutualInformationNats())
        .isEqualTo(score("genres").score() + score("genres").noiseNats(), within(1e-15));
  }

  /** Missing tells all: MI is the label's entropy; one value is seen, on half of the rows. */
  @Test
  void shouldCountAMissingValueAsAValueOfItsOwn() {
    for (int row = 0; row < 10; row++) {
      ranker.add(new Object[] {"u", row < 5 ? null : "SI", 1L, null}, row < 5);
    }
    FieldScore country = score("country");

    assertThat(country.mutualInformationNats()).isCloseTo(Math.log(2), within(1e-15));
    assertThat(country.cardinality()).isEqualTo(1);
    assertThat(country.coverage()).isEqualTo(0.5);
    assertThat(score("genres").coverage()).isZero();
    assertThat(score("genres").cardinality()).isZero();
    assertThat(score("genres").score()).isZero();
  }

  @Test
  void shouldNotBeChangedThroughAListItHasCounted() {
    List<String> reused = new ArrayList<>(List.of("a"));
    ranker.add(new Object[] {"u", "SI", 1L, reused}, true);
    reused.set(0, "b");
    ranker.add(new Object[] {"u", "SI", 1L, reused}, false);

    assertThat(score("genres").cardinality()).isEqualTo(2);
  }

  @Test
  void shouldOrderEqualScoresByName() {
    assertThat(ranker.rank())
        .extracting(FieldScore::feature)
        .containsExactly("age", "country", "genres", "user");
    assertThat(ranker.rank()).allSatisfy(s -> assertThat(s.score()).isZero());
  }

  @Test
  void shouldRefuseAnUnfittedCatalogue() {
    FeatureCatalog unfitted = ShopCatalog.with("boundaries: [18, 25, 35]", "buckets: 4");

    assertThatThrownBy(() -> new FieldRanker(unfitted))
        .hasMessageContaining("catalogue shop must have fitted bucketings");
  }

  private FieldScore score(String feature) {
    return ranker.rank().stream()
        .filter(s -> s.feature().equals(feature))
        .findFirst()
        .orElseThrow();
  }
}
