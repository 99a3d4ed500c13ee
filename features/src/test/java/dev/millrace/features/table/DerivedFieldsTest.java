package dev.millrace.features.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.ranking.CountProfile;
import dev.millrace.features.ranking.FieldQuality.ValueCount;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.RelevanceEstimator;
import dev.millrace.features.table.Derivations.SubFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Derived fields against the same fields made row by row. */
final class DerivedFieldsTest {
  private static final List<String> COLUMNS = List.of("number", "text", "tags", "label");
  private static final int ROWS = 3_000;

  private static RankingOptions options(
      List<String> transformers, Set<String> explode, List<SubFeature> subFeatures) {
    return RankingOptions.of("label")
        .with(new Derivations(transformers, explode, subFeatures, false, 0));
  }

  /**
   * Numbers, some of them missing, some written twice over; text; lists of values; three labels.
   */
  private static List<List<String>> randomRows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int number = random.nextInt(-12, 60);
      String written = random.nextInt(5) == 0 ? number + ".0" : Integer.toString(number);
      String tags =
          IntStream.range(0, random.nextInt(4))
              .mapToObj(j -> "t" + (int) (130 * Math.pow(random.nextDouble(), 2)))
              .collect(Collectors.joining(";"));
      rows.add(
          List.of(
              random.nextInt(10) == 0 ? random.nextBoolean() ? "" : "{}" : written,
              "w" + (int) (80 * Math.pow(random.nextDouble(), 3)),
              tags,
              "l" + random.nextInt(3)));
    }
    return rows;
  }

  private static List<RankableField> derive(List<List<String>> rows, RankingOptions options)
      throws IOException {
    String text =
        rows.stream()
            .map(row -> String.join(",", row))
            .collect(Collectors.joining("\n", String.join(",", COLUMNS) + "\n", "\n"));
    boolean keepsCodes = !options.derivations().subFeatures().isEmpty();
    try (CountedTable table =
        CountingPass.over(Tables.csv(text), options, keepsCodes, Progress.NONE)) {
      return DerivedFields.of(table, options);
    }
  }

  /** Rows by label of each value, the values in the order of the profile's counts. */
  private static List<List<Long>> counts(CountProfile profile) {
    List<List<Long>> counts = new ArrayList<>();
    for (int i = 0; i < profile.size(); i++) {
      for (long value = 0; value < profile.multiplicity(i); value++) {
        int row = i;
        counts.add(
            IntStream.range(0, profile.labels())
                .mapToObj(label -> profile.count(row, label))
                .toList());
      }
    }
    return counts;
  }

  /** The same of a field made row by row, by a value's name. */
  private static List<List<Long>> counts(
      List<List<String>> rows, Function<List<String>, Object> field) {
    List<String> labels = rows.stream().map(row -> row.get(3)).distinct().toList();
    Map<Object, long[]> counts =
        rows.stream().collect(Collectors.toMap(field, row -> new long[3], (a, b) -> a));
    rows.forEach(row -> counts.get(field.apply(row))[labels.indexOf(row.get(3))]++);
    return counts.values().stream()
        .sorted(Arrays::compare)
        .map(row -> Arrays.stream(row).boxed().toList())
        .toList();
  }

  private static RankableField named(List<RankableField> fields, String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldMergeValuesAsRowByRow(long seed) throws IOException {
    List<List<String>> rows = randomRows(seed);
    List<String> all = List.of("verbose", "fw-transformers");
    List<RankableField> fields = derive(rows, options(all, Set.of(), List.of()));
    List<Double> numbers =
        rows.stream()
            .map(row -> row.get(0))
            .filter(cell -> !RankingOptions.DEFAULT_MISSING.contains(cell))
            .map(Double::valueOf)
            .toList();
    NumericColumn column =
        new NumericColumn(
            IntStream.range(0, numbers.size()).toArray(),
            numbers.stream().mapToDouble(Double::doubleValue).toArray(),
            numbers.stream().mapToLong(number -> 1).toArray());
    Set<List<List<Long>>> expected = new HashSet<>();
    for (NumericTransformer transformer : NumericTransformers.select(all)) {
      double[] results = transformer.over(column);
      Map<Double, Double> byNumber =
          IntStream.range(0, results.length)
              .boxed()
              .collect(Collectors.toMap(numbers::get, i -> results[i], (a, b) -> a));
      List<List<Long>> counts =
          counts(
              rows,
              row ->
                  RankingOptions.DEFAULT_MISSING.contains(row.get(0))
                      ? row.get(0)
                      : byNumber.get(Double.valueOf(row.get(0))));
      if (new HashSet<>(byNumber.values()).size() > 1) {
        expected.add(counts);
      }
      fields.stream()
          .filter(field -> field.name().equals(transformer.fieldName("number")))
          .forEach(field -> assertThat(counts(field.profile())).as(field.name()).isEqualTo(counts));
    }

    assertThat(fields).extracting(RankableField::origin).containsOnly("transform");
    assertThat(fields.stream().map(field -> counts(field.profile())))
        .as("seed %d: each partition once", seed)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldLeaveOutTransformsThatScoreAsTheirSource() throws IOException {
    List<List<String>> rows =
        IntStream.range(0, 300)
            .mapToObj(i -> List.of(Integer.toString(i % 20), "a", "", "l" + i % 3))
            .toList();

    assertThat(derive(rows, options(List.of("minimal", "z-score"), Set.of(), List.of()))).isEmpty();
    assertThat(derive(rows, options(List.of("verbose"), Set.of(), List.of())))
        .extracting(RankableField::name)
        .contains("nonzero(number)", "clip-0-2(number)")
        .doesNotContain("positive(number)", "clip-0-1(number)", "exp(number)", "cube(number)");
  }

  @Test
  void shouldKeepTheScoreOfATransformThatMergesSpellingsOnly() throws IOException {
    List<List<String>> plain = randomRows(4);
    List<List<String>> twice =
        plain.stream()
            .map(row -> List.of(row.get(0).replace(".0", ""), row.get(1), row.get(2), row.get(3)))
            .toList();
    RankableField square = derive(plain, options(List.of("cube"), Set.of(), List.of())).get(0);
    Relevance expected = RelevanceEstimator.expected(profile(counts(twice, row -> row.get(0))));

    assertThat(RelevanceEstimator.expected(square.profile())).isEqualTo(expected);
  }

  private static CountProfile profile(List<List<Long>> counts) {
    CountProfile.Builder profile = CountProfile.builder(3);
    counts.forEach(row -> profile.add(row.stream().mapToLong(Long::longValue).toArray(), 0, 1));
    return profile.build();
  }

  @Test
  void shouldNameResultsAndKeepMissingValuesApart() throws IOException {
    List<List<String>> rows =
        IntStream.range(0, 40)
            .mapToObj(i -> List.of(new String[] {"-4", "-1", "0", "4", "4.0", ""}[i % 6], "a"))
            .map(row -> List.of(row.get(0), row.get(1), "", "l" + row.get(0).length() % 3))
            .toList();
    RankableField root = derive(rows, options(List.of("sqrt"), Set.of(), List.of())).get(0);

    assertThat(root.quality().mostFrequent())
        .containsExactlyInAnyOrder(
            new ValueCount("not finite", 14),
            new ValueCount("0", 7),
            new ValueCount("2", 13),
            new ValueCount("", 6));
    assertThat(root.quality().missing()).isEqualTo(6);
    assertThat(root.quality().cardinality()).isEqualTo(3);
  }

  @Test
  void shouldTransformNoColumnThatHoldsText() throws IOException {
    for (String other : List.of("NaN", "1d", "Infinity", "0x10", "1e999", "12 ")) {
      List<List<String>> rows =
          IntStream.range(0, 30)
              .mapToObj(i -> List.of(i == 7 ? other : Integer.toString(i % 5 - 2), "a", "", "l"))
              .map(row -> List.of(row.get(0), row.get(1), row.get(2), "l" + row.hashCode() % 2))
              .toList();
      assertThat(derive(rows, options(List.of("verbose"), Set.of(), List.of())))
          .as(other)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void shouldExplodeAsRowByRow(long seed) throws IOException {
    List<List<String>> rows = randomRows(seed);
    List<RankableField> fields = derive(rows, options(List.of(), Set.of("tags"), List.of()));
    Map<String, Long> rowsByTag =
        rows.stream()
            .flatMap(row -> Arrays.stream(row.get(2).split(";")).distinct())
            .filter(tag -> !tag.isEmpty())
            .collect(Collectors.groupingBy(tag -> tag, Collectors.counting()));

    assertThat(rowsByTag).hasSizeGreaterThan(ExplodedFields.MAX_VALUES);
    assertThat(fields).hasSize(ExplodedFields.MAX_VALUES);
    assertThat(fields.get(0).origin()).isEqualTo("explode");
    long least = Long.MAX_VALUE;
    for (RankableField field : fields) {
      String tag = field.name().substring("tags:".length());
      assertThat(counts(field.profile()))
          .as("seed %d, %s", seed, field.name())
          .isEqualTo(counts(rows, row -> Arrays.asList(row.get(2).split(";")).contains(tag)));
      assertThat(rowsByTag.get(tag)).isLessThanOrEqualTo(least);
      least = rowsByTag.remove(tag);
    }
    assertThat(rowsByTag.values()).allMatch(new AtMost(least)::holds);
  }

  private record AtMost(long bound) {
    boolean holds(long value) {
      return value <= bound;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8})
  void shouldSplitAsRowByRow(long seed) throws IOException {
    List<List<String>> rows = randomRows(seed);
    List<RankableField> fields =
        derive(
            rows,
            options(
                List.of(),
                Set.of(),
                List.of(new SubFeature("text", "number"), new SubFeature("tags", "tags"))));
    List<RankableField> byText =
        fields.stream().filter(field -> field.name().startsWith("number|text=")).toList();

    assertThat(byText).hasSize(SubFeatureFields.MAX_VALUES);
    assertThat(fields).hasSize(2 * SubFeatureFields.MAX_VALUES);
    assertThat(fields.get(0).origin()).isEqualTo("subfeature");
    for (RankableField field : byText) {
      String value = field.name().substring("number|text=".length());
      assertThat(counts(field.profile()))
          .as("seed %d, %s", seed, field.name())
          .isEqualTo(counts(rows, row -> row.get(1).equals(value) ? row.get(0) : ""));
    }
    RankableField own = named(fields, "tags|tags=");
    assertThat(own.profile().cardinality()).isEqualTo(1);
  }

  @Test
  void shouldRefuseToDeriveFromFieldsThatWereSampled() {
    RankingOptions sampled =
        options(List.of("default"), Set.of("tags"), List.of()).withMaxValues(64);

    assertThatThrownBy(() -> derive(randomRows(9), sampled))
        .isInstanceOf(TableException.class)
        .message()
        .startsWith("explode must name fields of at most 64 values (max-values), tags has more")
        .matches(".*, found \\d+");
  }

  @Test
  void shouldRefuseUnknownNamesBeforeItReadsRows() {
    assertRefused(options(List.of("nosuch"), Set.of(), List.of()), "transformers must be");
    assertRefused(options(List.of(), Set.of("genres"), List.of()), "explode must name fields");
    assertRefused(options(List.of(), Set.of("label"), List.of()), "explode must name fields");
    for (SubFeature unknown :
        List.of(new SubFeature("text", "none"), new SubFeature("none", "text"))) {
      assertRefused(
          options(List.of(), Set.of(), List.of(unknown)),
          "sub-features must name fields of the table, found none");
    }
    DerivedFields.check(
        options(List.of("verbose"), Set.of("tags"), List.of(new SubFeature("text", "tags"))),
        COLUMNS);
  }

  private static void assertRefused(RankingOptions options, String message) {
    assertThatThrownBy(() -> DerivedFields.check(options, COLUMNS))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(message)
        .message()
        .matches(text -> Objects.requireNonNull(text).contains(", found "), "has what was found");
  }
}
