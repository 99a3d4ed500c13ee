package dev.millrace.features.table;

import dev.millrace.features.quality.PopulationStability;
import dev.millrace.features.ranking.Baseline;
import dev.millrace.features.ranking.CountProfile;
import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.IndependenceModel;
import dev.millrace.features.ranking.Margins;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.RelevanceEstimator;
import dev.millrace.features.ranking.Selection;
import dev.millrace.features.ranking.Trait;
import dev.millrace.features.ranking.ValueSampling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Ranks the fields of a table by what they tell about a label, as OutRank does (Škrlj and Mramor,
 * RecSys 2023). Rows are read once and not held: what is kept of them are counts and, where fields
 * are taken together, the codes of their values in a temporary file.
 */
public final class TableRanker {
  private static final Comparator<RankedField> BEST_FIRST =
      Comparator.<RankedField>comparingDouble(field -> field.relevance().score())
          .reversed()
          .thenComparing(RankedField::feature);

  private final RankingOptions options;
  private final Progress progress;
  private final CountedTable table;
  private final EarlierTable earlier;
  private final IndependenceModel model;

  private TableRanker(
      RankingOptions options, Progress progress, CountedTable table, EarlierTable earlier) {
    this.options = options;
    this.progress = progress;
    this.table = table;
    this.earlier = earlier;
    this.model = new IndependenceModel(table.labelRows());
  }

  /**
   * Ranks the fields of a table.
   *
   * @throws TableException if the table cannot be ranked as asked
   * @throws IOException if it cannot be read
   */
  public static FeatureRanking rank(Rows rows, RankingOptions options, Progress progress)
      throws IOException {
    return rank(rows, options, progress, EarlierTable.NONE);
  }

  /**
   * Ranks the fields of a table, and tells which are distributed otherwise than in another.
   *
   * @param before the other table
   * @throws TableException if a table cannot be read as asked
   * @throws IOException if a table cannot be read
   */
  public static FeatureRanking rank(
      Rows rows, Rows before, RankingOptions options, Progress progress) throws IOException {
    check(options, before);
    check(options, rows);
    RankingOptions.require(
        before.columns().stream()
            .anyMatch(name -> !name.equals(options.label()) && rows.columns().contains(name)),
        before.source() + ": must share fields with " + rows.source(),
        "none");
    try (CountedTable table = CountingPass.over(before, options, false, progress)) {
      return rank(rows, options, progress, EarlierTable.of(table, options.missing()));
    }
  }

  private static FeatureRanking rank(
      Rows rows, RankingOptions options, Progress progress, EarlierTable earlier)
      throws IOException {
    check(options, rows);
    try (CountedTable table = CountingPass.over(rows, options, needsRows(options), progress)) {
      return new TableRanker(options, progress, table, earlier).rank(rows.source());
    }
  }

  /** Refuses unknown names before any row is read. */
  private static void check(RankingOptions options, Rows rows) {
    options.heuristics().forEach(Heuristics::ofToken);
    DerivedFields.check(options, rows.columns());
  }

  private static boolean needsRows(RankingOptions options) {
    return options.interactions().order() > 1
        || options.baseline() == Baseline.SHIFTED
        || !options.derivations().subFeatures().isEmpty()
        || options.heuristics().stream().anyMatch(token -> Heuristics.ofToken(token).needsRows());
  }

  private FeatureRanking rank(String source) throws IOException {
    double labelEntropy = Margins.ofLabels(labelProfile()).entropyNats();
    List<RankableField> fields = rankable();
    double pValueBound = options.significance() / Math.max(1, fields.size());
    Traits traits = new Traits(labelEntropy, pValueBound);
    List<RankedField> ranked = new ArrayList<>();
    for (RankableField field : fields) {
      Relevance relevance = relevance(field);
      List<Trait> all = new ArrayList<>(traits.of(relevance, field.quality()));
      all.addAll(field.traits());
      all.sort(Comparator.comparing(Trait::kind));
      ranked.add(
          new RankedField(
              field.name(), field.origin(), relevance, field.quality(), all, field.heuristics()));
    }
    InteractionRanking interactions = new InteractionRanking(options, table, model, progress);
    List<RankedGroup> pairs = interactions.pairs(ranked);
    List<RankedGroup> triples = interactions.triples();
    List<Selection> selections = interactions.selections();
    ranked.sort(BEST_FIRST);
    return new FeatureRanking(
        source,
        options.label(),
        table.labelDistribution(),
        table.rows(),
        table.malformed(),
        labelEntropy,
        options.baseline(),
        ranked,
        pairs,
        triples,
        selections);
  }

  private CountProfile labelProfile() {
    return CountProfile.builder(table.labelCount()).add(table.labelRows(), 0, 1).build();
  }

  private Relevance relevance(RankableField field) {
    if (field.byWeight().isEmpty()) {
      return relevance(options.baseline(), model, field.profile(), field.shifted());
    }
    Relevance estimated =
        relevance(
            options.baseline(),
            new IndependenceModel(field.profile().labelTotals()),
            field.profile(),
            OptionalDouble.empty());
    return ValueSampling.widen(estimated, field.profile(), field.byWeight());
  }

  /**
   * The relevance of a profile.
   *
   * @param shifted score against the shifted baseline; a sampled or derived field, which has no
   *     rows to shift, is measured against the expected one
   */
  static Relevance relevance(
      Baseline baseline, IndependenceModel model, CountProfile profile, OptionalDouble shifted) {
    if (baseline == Baseline.NONE) {
      return RelevanceEstimator.plain(profile, model);
    }
    return baseline == Baseline.SHIFTED && shifted.isPresent()
        ? RelevanceEstimator.shifted(profile, shifted.getAsDouble(), model)
        : RelevanceEstimator.expected(profile, model);
  }

  /** The columns and what is made of them. */
  private List<RankableField> rankable() throws IOException {
    List<RankableField> fields = new ArrayList<>();
    Traits copies = new Traits(0, 1);
    List<String> controls = new NoiseControls(options.derivations()).names();
    for (int i = 0; i < table.fields().size(); i++) {
      FieldTable field = table.fields().get(i);
      Map<String, Double> heuristics =
          new LinkedHashMap<>(Heuristics.of(field, table.labels(), options.heuristics()));
      OptionalDouble shifted = OptionalDouble.empty();
      if (table.columns().isPresent() && !field.isSampled()) {
        shifted = scoreRows(i, field, heuristics);
      }
      Optional<PopulationStability> drift = earlier.against(field);
      List<Trait> traits = new ArrayList<>(copies.ofCopy(field));
      drift.flatMap(Traits::ofDrift).ifPresent(traits::add);
      fields.add(
          new RankableField(
              field.name(),
              controls.contains(field.name()) ? "control" : "field",
              field.profile(table.labelCount()),
              field.isSampled() ? field.profilesByWeight(table.labelCount()) : Map.of(),
              FieldQualities.of(
                  field,
                  options.missing(),
                  options.rareCount(),
                  drift.map(PopulationStability::excess)),
              shifted,
              traits,
              heuristics));
    }
    fields.addAll(DerivedFields.of(table, options));
    return fields;
  }

  private OptionalDouble scoreRows(int index, FieldTable field, Map<String, Double> heuristics)
      throws IOException {
    boolean surrogate = options.heuristics().contains(Heuristics.SURROGATE.token());
    boolean shifts = options.baseline() == Baseline.SHIFTED;
    if (!surrogate && !shifts) {
      return OptionalDouble.empty();
    }
    ColumnScores scores = columnScores();
    int[] codes = new int[(int) table.rows()];
    table.columns().get().read(index, codes);
    if (surrogate) {
      heuristics.put(Heuristics.SURROGATE.token(), scores.surrogate(codes, field.values().size()));
    }
    return shifts
        ? OptionalDouble.of(scores.shifted(codes, field.values().size()))
        : OptionalDouble.empty();
  }

  private ColumnScores columnScores() throws IOException {
    int[] labels = new int[(int) table.rows()];
    table.columns().get().read(table.fields().size(), labels);
    return new ColumnScores(labels, table.labelCount(), options.batchRows());
  }
}
