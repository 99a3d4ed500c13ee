package dev.millrace.features.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.features.ranking.Baseline;
import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Trait;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableRankerTest {
  private static final RankingOptions SINGLES = RankingOptions.of("label");
  private static final RankingOptions PAIRS = SINGLES.with(new Interactions(2, 0));

  private static FeatureRanking rank(String dataSet, RankingOptions options) throws IOException {
    try (Rows rows = TableFiles.delimited(OutRankFiles.data(dataSet), ',', problem -> {})) {
      return TableRanker.rank(rows, options, Progress.NONE);
    }
  }

  private static FeatureRanking rankText(String text, RankingOptions options) throws IOException {
    return TableRanker.rank(Tables.csv(text), options, Progress.NONE);
  }

  private static Map<String, RankedField> byName(FeatureRanking ranking) {
    return ranking.fields().stream().collect(Collectors.toMap(RankedField::feature, f -> f));
  }

  private static RankedGroup pair(FeatureRanking ranking, String first, String second) {
    return ranking.pairs().stream()
        .filter(pair -> Set.copyOf(pair.features()).equals(Set.of(first, second)))
        .findFirst()
        .orElseThrow();
  }

  /** Single fields against scikit-learn's figures. */
  @ParameterizedTest
  @CsvSource({"ds1_mixed_binary", "ds2_xor"})
  void shouldAgreeWithTheReferenceOnSingleFields(String dataSet) throws IOException {
    Map<String, RankedField> fields = byName(rank(dataSet, SINGLES));
    for (Map<String, String> row : OutRankFiles.records(dataSet, "reference_singles.csv")) {
      RankedField field = fields.get(row.get("feature"));
      if (field == null) {
        assertThat(row.get("feature")).isEqualTo("label");
        continue;
      }
      assertThat(field.relevance().mutualInformationNats())
          .isCloseTo(Double.parseDouble(row.get("MI_nats_sklearn")), within(1e-9));
      assertThat(field.relevance().noiseNats())
          .as(field.feature())
          .isCloseTo(Double.parseDouble(row.get("EMI_nats_sklearn")), within(1e-9));
      assertThat(field.relevance().adjusted())
          .isCloseTo(Double.parseDouble(row.get("AMI_sklearn")), within(1e-9));
      assertThat(field.quality().entropyNats())
          .isCloseTo(Double.parseDouble(row.get("H_feature_nats")), within(1e-9));
      assertThat(100 * field.quality().coverage())
          .isCloseTo(Double.parseDouble(row.get("coverage_pct")), within(0.006));
      assertThat(field.quality().meanBytes())
          .isCloseTo(Double.parseDouble(row.get("mean_bytes")), within(1e-4));
      assertThat(field.quality().rareValues())
          .isEqualTo(Long.parseLong(row.get("distinct_count_1")));
    }
  }

  /** Pairs: joint relevance, interaction information, similarity. */
  @ParameterizedTest
  @CsvSource({"ds1_mixed_binary", "ds2_xor"})
  void shouldAgreeWithTheReferenceOnPairs(String dataSet) throws IOException {
    FeatureRanking plain = rank(dataSet, PAIRS.with(Baseline.NONE));
    int compared = 0;
    for (Map<String, String> row : OutRankFiles.records(dataSet, "pairs.csv")) {
      String first = row.get("feature_a");
      String second = row.get("feature_b");
      if (first.equals(second) || first.equals("label") || second.equals("label")) {
        continue;
      }
      RankedGroup pair = pair(plain, first, second);
      if (!row.get("AMI_sklearn").isEmpty()) {
        assertThat(pair.similarity())
            .as("%s, %s", first, second)
            .isCloseTo(Double.parseDouble(row.get("AMI_sklearn")), within(1e-9));
      }
      if (!row.get("MI_joint_vs_label_nats").isEmpty()) {
        assertThat(pair.relevance().mutualInformationNats())
            .isCloseTo(Double.parseDouble(row.get("MI_joint_vs_label_nats")), within(1e-9));
        assertThat(pair.interactionNats())
            .isCloseTo(Double.parseDouble(row.get("interaction_information_nats")), within(1e-9));
        double conditional = Double.parseDouble(row.get("CMI_a_label_given_b_nats"));
        int side = pair.features().get(0).equals(first) ? 0 : 1;
        assertThat(pair.conditionalNats().get(side)).isCloseTo(conditional, within(1e-9));
        assertThat(pair.relevance().adjusted())
            .isCloseTo(Double.parseDouble(row.get("AMI_joint_vs_label")), within(1e-9));
        assertThat(pair.cardinality()).isEqualTo(Long.parseLong(row.get("joint_card")));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  /** OutRank's own figures (float32) of every run with the same rows in the same batches. */
  @ParameterizedTest
  @CsvSource({
    "ds1_mixed_binary, mi_randomized_1batch_target, 20000, 1",
    "ds1_mixed_binary, mi_randomized_default_minibatch_target, 16384, 1",
    "ds2_xor, mi_randomized_1batch_target, 10000, 1",
    "ds2_xor, mi_randomized_minib2500_target, 2500, 1",
    "ds2_xor, mi_randomized_1batch_order2_target, 10000, 2",
    "ds2_xor, mi_randomized_1batch_order3_target, 10000, 3",
  })
  void shouldReproduceTheShiftedScoresOfOutRank(String dataSet, String run, int batch, int order)
      throws IOException {
    FeatureRanking ranking =
        rank(
            dataSet,
            SINGLES.with(Baseline.SHIFTED).withBatchRows(batch).with(new Interactions(order, 0)));
    Map<Set<String>, Double> scores = new HashMap<>();
    ranking
        .fields()
        .forEach(field -> scores.put(Set.of(field.feature()), field.relevance().score()));
    List<RankedGroup> groups = new ArrayList<>(ranking.pairs());
    groups.addAll(ranking.triples());
    groups.forEach(group -> scores.put(Set.copyOf(group.features()), group.relevance().score()));
    int compared = 0;
    for (List<String> line : OutRankFiles.run(dataSet, run)) {
      Double score = scores.get(Set.of(line.get(0).split(" AND ")));
      if (line.get(1).equals("label") && score != null) {
        assertThat(score).as(line.get(0)).isCloseTo(Double.parseDouble(line.get(2)), within(1e-5));
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(11);
  }

  /**
   * Scores below zero are noise in both and count as zero, which is what the reference of 2026
   * prints for them. Among themselves it orders them by chance: with them the correlation is 0.91,
   * which is that of the exact MI - E[MI] of scikit-learn too.
   */
  @Test
  void shouldRankAsTheReferenceDoesButForItsNoise() throws IOException {
    FeatureRanking ranking = rank("ds1_mixed_binary", SINGLES);
    Map<String, Double> reference = new HashMap<>();
    for (List<String> line : OutRankFiles.run("ds1_mixed_binary", "mi_randomized_1batch_target")) {
      if (line.get(1).equals("label") && !line.get(0).equals("label")) {
        reference.put(line.get(0), Double.parseDouble(line.get(2)));
      }
    }
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (RankedField field : ranking.fields()) {
      ours.add(Math.max(0, field.relevance().score()));
      theirs.add(Math.max(0, reference.get(field.feature())));
      if (field.feature().contains("noise") && !field.feature().equals("inf_low5_noisy")) {
        assertThat(field.relevance().lower()).as(field.feature()).isLessThanOrEqualTo(0);
        assertThat(field.relevance().upper()).as(field.feature()).isGreaterThanOrEqualTo(0);
        assertThat(field.is(Trait.Kind.NOISE)).as(field.feature()).isTrue();
      }
    }
    assertThat(spearman(ours, theirs)).isGreaterThanOrEqualTo(0.95);
  }

  private static double spearman(List<Double> first, List<Double> second) {
    double[] a = ranks(first);
    double[] b = ranks(second);
    double mean = (a.length + 1) / 2.0;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - mean) * (b[i] - mean);
      aa += (a[i] - mean) * (a[i] - mean);
      bb += (b[i] - mean) * (b[i] - mean);
    }
    return ab / Math.sqrt(aa * bb);
  }

  /** Ranks from 1; equal ones share the mean of theirs. */
  private static double[] ranks(List<Double> values) {
    return values.stream()
        .mapToDouble(
            value ->
                values.stream().filter(other -> other < value).count()
                    + (values.stream().filter(other -> other.equals(value)).count() + 1) / 2.0)
        .toArray();
  }

  @Test
  void shouldNameWhatFieldsAre() throws IOException {
    Map<String, RankedField> fields = byName(rank("ds1_mixed_binary", SINGLES));

    assertThat(kinds(fields.get("inf_low5"))).isEmpty();
    assertThat(kinds(fields.get("inf_low5_dup"))).containsExactly(Trait.Kind.DUPLICATE);
    assertThat(kinds(fields.get("inf_low5_relabel"))).containsExactly(Trait.Kind.RELABELLED);
    assertThat(kinds(fields.get("constant")))
        .containsExactly(Trait.Kind.NOISE, Trait.Kind.CONSTANT);
    assertThat(kinds(fields.get("near_constant")))
        .containsExactly(Trait.Kind.NOISE, Trait.Kind.NEAR_CONSTANT);
    assertThat(kinds(fields.get("noise_id_unique")))
        .containsExactly(Trait.Kind.NOISE, Trait.Kind.ID_LIKE);
    assertThat(kinds(fields.get("missing_heavy"))).containsExactly(Trait.Kind.MISSING_HEAVY);
    assertThat(fields.get("inf_low5_relabel").traits().get(0).detail()).isEqualTo("inf_low5");
  }

  private static List<Trait.Kind> kinds(RankedField field) {
    return field.traits().stream().map(Trait::kind).toList();
  }

  @Test
  void shouldNameAFieldThatGivesTheLabelAway() throws IOException {
    StringBuilder text = new StringBuilder("label,leak,other\n");
    for (int row = 0; row < 400; row++) {
      text.append("%d,x%d,%d\n".formatted(row % 2, row % 4, row % 3));
    }
    Map<String, RankedField> fields = byName(rankText(text.toString(), SINGLES));

    assertThat(fields.get("leak").is(Trait.Kind.LEAK)).isTrue();
    assertThat(fields.get("other").is(Trait.Kind.LEAK)).isFalse();
  }

  @Test
  void shouldFindTheHalvesOfAnXorTogetherAndNotApart() throws IOException {
    FeatureRanking ranking = rank("ds2_xor", PAIRS);
    Map<String, RankedField> fields = byName(ranking);
    RankedGroup best = ranking.pairs().get(0);

    assertThat(best.features()).containsExactly("xor_a", "xor_b");
    assertThat(best.gainNats()).isGreaterThan(0.6);
    assertThat(best.interactionNats()).isLessThan(-0.6);
    assertThat(fields.get("xor_a").is(Trait.Kind.NOISE)).isTrue();
    assertThat(fields.get("xor_b").is(Trait.Kind.NOISE)).isTrue();
    assertThat(ranking.selections())
        .extracting(selection -> selection.method())
        .containsExactly("jmi", "3mr");
  }

  @Test
  void shouldPairTheBestFieldsOnlyIfAskedTo() throws IOException {
    FeatureRanking all = rank("ds1_mixed_binary", PAIRS);
    FeatureRanking top = rank("ds1_mixed_binary", SINGLES.with(new Interactions(3, 4)));
    Set<String> best =
        all.fields().stream().limit(4).map(RankedField::feature).collect(Collectors.toSet());

    assertThat(all.pairs())
        .hasSize(16 * 15 / 2)
        .isSortedAccordingTo(
            Comparator.comparingDouble((RankedGroup pair) -> pair.relevance().score()).reversed());
    assertThat(top.pairs()).hasSize(6);
    assertThat(top.triples()).hasSize(4);
    assertThat(top.pairs()).allSatisfy(pair -> assertThat(best).containsAll(pair.features()));
    assertThat(top.pairs())
        .allSatisfy(
            pair ->
                assertThat(pair)
                    .isEqualTo(pair(all, pair.features().get(0), pair.features().get(1))));
  }

  @Test
  void shouldScoreOtherHeuristicsBeside() throws IOException {
    List<String> names =
        List.of("max-value-coverage", "pearson", "chi-square", "cramers-v", "surrogate");
    FeatureRanking ranking = rank("ds1_mixed_binary", SINGLES.withHeuristics(names));
    Map<String, RankedField> fields = byName(ranking);
    for (List<String> line : OutRankFiles.run("ds1_mixed_binary", "pearson_1batch_target")) {
      RankedField field = fields.get(line.get(0));
      if (line.get(1).equals("label") && field != null && !line.get(2).isEmpty()) {
        assertThat(field.heuristics().get("pearson"))
            .isCloseTo(Double.parseDouble(line.get(2)), within(1e-9));
      }
    }
    for (List<String> line : OutRankFiles.run("ds1_mixed_binary", "v0974_maxcov_1batch_target")) {
      RankedField field = fields.get(line.get(0));
      if (line.get(1).equals("label") && field != null) {
        assertThat(field.heuristics().get("max-value-coverage"))
            .isCloseTo(Double.parseDouble(line.get(2)), within(1e-9));
      }
    }
    for (String name : List.of("inf_low5", "inf_mid200", "missing_heavy", "missing_mnar")) {
      double printed =
          OutRankFiles.run("ds1_mixed_binary", "v0974_surrogate_lr_1batch_target").stream()
              .filter(line -> line.get(0).equals(name))
              .mapToDouble(line -> Double.parseDouble(line.get(2)))
              .findFirst()
              .orElseThrow();
      assertThat(fields.get(name).heuristics().get("surrogate")).isCloseTo(printed, within(1e-3));
    }
  }

  @Test
  void shouldTakeControlsOfPureNoiseForNoise() throws IOException {
    Derivations controls = new Derivations(List.of(), Set.of(), List.of(), true, 5);
    FeatureRanking first = rank("ds2_xor", SINGLES.with(controls));
    FeatureRanking second = rank("ds2_xor", SINGLES.with(controls));

    List<RankedField> added =
        first.fields().stream().filter(field -> field.origin().equals("control")).toList();
    assertThat(added).hasSize(5).allMatch(field -> field.is(Trait.Kind.NOISE));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void shouldCountSeveralLabels() throws IOException {
    FeatureRanking ranking =
        rank(
            "ds2_xor",
            new RankingOptions(
                "mod_sum3",
                Set.of("label"),
                RankingOptions.DEFAULT_MISSING,
                Baseline.EXPECTED,
                1_000,
                new Interactions(2, 0),
                Derivations.NONE,
                List.of(),
                1_000,
                1,
                0.01));

    assertThat(ranking.labels()).hasSize(3);
    assertThat(ranking.pairs().get(0).features()).containsExactly("mod_p", "mod_q");
    assertThat(ranking.fields()).noneMatch(field -> field.feature().equals("label"));
  }

  @Test
  void shouldTellControlsFromColumnsOfSuchNames() throws IOException {
    String text = "control_group,control_2,label\n" + "a,b,0\nc,d,1\n".repeat(20);
    Derivations controls = new Derivations(List.of(), Set.of(), List.of(), true, 5);

    assertThat(rankText(text, SINGLES).fields()).allMatch(field -> field.origin().equals("field"));
    assertThatThrownBy(() -> rankText(text, SINGLES.with(controls)))
        .hasMessage("noise-controls must not be named as a column, found control_2");
  }

  @Test
  void shouldTakeSymbolsOfAnyLengthForMissing() throws IOException {
    String symbol = "not applicable to this visitor";
    RankingOptions options =
        new RankingOptions(
            "label",
            Set.of(),
            Set.of(symbol),
            Baseline.EXPECTED,
            RankingOptions.DEFAULT_BATCH_ROWS,
            Interactions.NONE,
            Derivations.NONE,
            List.of(),
            RankingOptions.DEFAULT_MAX_VALUES,
            1,
            0.01);

    assertThat(rankText("a,label\n" + symbol + ",0\n,1\n", options).fields().get(0).quality())
        .satisfies(quality -> assertThat(quality.missing()).isEqualTo(1))
        .satisfies(quality -> assertThat(quality.cardinality()).isEqualTo(1));
  }

  @Test
  void shouldCompareOnlyTablesThatShareAField() {
    assertThatThrownBy(
            () ->
                TableRanker.rank(
                    Tables.csv("a,label\n1,2\n"),
                    Tables.csv("b,label\n1,2\n"),
                    SINGLES,
                    Progress.NONE))
        .isInstanceOf(TableException.class)
        .hasMessage("rows.csv: must share fields with rows.csv, found none");
  }

  @Test
  void shouldRefuseWhatItCannotRank() {
    assertThatThrownBy(() -> rankText("a,b\n1,2\n", SINGLES))
        .isInstanceOf(TableException.class)
        .hasMessage("label must be one of the columns [a, b], found label");
    assertThatThrownBy(() -> rankText("a,label\n", SINGLES))
        .hasMessage("rows.csv: must have rows, found none");
    StringBuilder many = new StringBuilder("a,label\n");
    for (int row = 0; row < 300; row++) {
      many.append("1,").append(row).append('\n');
    }
    assertThatThrownBy(() -> rankText(many.toString(), SINGLES))
        .hasMessage(
            "label is the label and must have at most 256 distinct values, found 300 in 300 rows");
    assertThatThrownBy(() -> rankText("label\n1\n0\n", SINGLES))
        .hasMessage(
            "rows.csv: must have columns beside the label and the excluded ones, found none");
    String wide = "x".repeat(50) + ",c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11,c12,c13";
    assertThatThrownBy(() -> rankText(wide + ",d1,d2,d3,d4,d5,d6,d7,d8\n", SINGLES))
        .hasMessageStartingWith("label must be one of the columns [" + "x".repeat(40) + ", c1,")
        .hasMessageEndingWith(", d6 and 2 more], found label");
    assertThatThrownBy(
            () -> rankText("a,label\n1,2\n", SINGLES.withHeuristics(List.of("surrogate"))))
        .hasMessage("surrogate must have a label of >= 2 rows, found 1 row of each");
    assertThatThrownBy(() -> rankText("a,label\n1,2\n", SINGLES.withHeuristics(List.of("magic"))))
        .hasMessageStartingWith("heuristics must be of [max-value-coverage");
  }
}
