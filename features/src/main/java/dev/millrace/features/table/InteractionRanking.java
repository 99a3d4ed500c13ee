package dev.millrace.features.table;

import dev.millrace.features.ranking.Association;
import dev.millrace.features.ranking.AssociationEstimator;
import dev.millrace.features.ranking.Baseline;
import dev.millrace.features.ranking.CountProfile;
import dev.millrace.features.ranking.IndependenceModel;
import dev.millrace.features.ranking.Interaction;
import dev.millrace.features.ranking.JointSelection;
import dev.millrace.features.ranking.Margins;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.Selection;
import dev.millrace.features.ranking.ThreeMr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Ranks pairs and triples of fields. A column is sorted by its codes once and the others are
 * counted against it, so that a pair costs a few nanoseconds a row; as many columns as the budget
 * allows lie in memory meanwhile.
 */
final class InteractionRanking {
  /** Of the columns that lie in memory beside the sorted one. */
  private static final long COLUMN_BUDGET_BYTES = 32L << 20;

  /** With fewer, sorting columns anew for each of them would take longer than counting. */
  private static final int MIN_COLUMNS = 4;

  private static final Comparator<RankedGroup> BEST_FIRST =
      Comparator.<RankedGroup>comparingDouble(group -> group.relevance().score())
          .reversed()
          .thenComparing(group -> String.join("\n", group.features()));

  private final RankingOptions options;
  private final CountedTable table;
  private final IndependenceModel model;
  private final Progress progress;
  private final JointCounter counter;
  private final AssociationEstimator associations;
  private final int rows;

  /** Fields that are taken together, in the order of their columns. */
  private int[] columns = {};

  /** Indices of {@link #columns}, fewest values first. */
  private int[] byCardinality = {};

  private int[] labels = {};
  private Relevance[] single = {};
  private Margins[] margins = {};

  /** Scores of the pairs, symmetric, 0 on the diagonal. */
  private double[][] joint = {};

  /** What the two fields of a pair tell about each other, nats, symmetric. */
  private double[][] redundancy = {};

  InteractionRanking(
      RankingOptions options, CountedTable table, IndependenceModel model, Progress progress) {
    this.options = options;
    this.table = table;
    this.model = model;
    this.progress = progress;
    this.counter = new JointCounter(table.labelCount());
    this.rows = (int) table.rows();
    this.associations = new AssociationEstimator(rows);
  }

  /**
   * Pairs of fields, best first.
   *
   * @param fields in the order of the table's fields, then derived ones, which take no part
   */
  List<RankedGroup> pairs(List<RankedField> fields) throws IOException {
    if (options.interactions().order() < 2) {
      return List.of();
    }
    choose(fields);
    table.columns().get().read(table.fields().size(), labels);
    List<RankedGroup> pairs = new ArrayList<>();
    long columnsInMemory = COLUMN_BUDGET_BYTES / (Integer.BYTES * (long) rows);
    long tileColumns = Math.min(columns.length, Math.max(MIN_COLUMNS, columnsInMemory));
    int[][] tile = new int[(int) tileColumns][rows];
    for (int first = 0; first < columns.length; first += tile.length) {
      pairTile(first, tile, pairs);
    }
    pairs.sort(BEST_FIRST);
    return pairs;
  }

  private void choose(List<RankedField> fields) {
    columns =
        IntStream.range(0, table.fields().size())
            .filter(i -> !table.fields().get(i).isSampled())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> fields.get(i).relevance().score())
                    .reversed())
            .limit(options.interactions().paired())
            .sorted()
            .mapToInt(Integer::intValue)
            .toArray();
    byCardinality =
        IntStream.range(0, columns.length)
            .boxed()
            .sorted(Comparator.comparingInt(this::cardinality))
            .mapToInt(Integer::intValue)
            .toArray();
    labels = new int[rows];
    single =
        Arrays.stream(columns).mapToObj(i -> fields.get(i).relevance()).toArray(Relevance[]::new);
    margins =
        Arrays.stream(columns)
            .mapToObj(i -> Margins.of(table.fields().get(i).profile(table.labelCount())))
            .toArray(Margins[]::new);
    joint = new double[columns.length][columns.length];
    redundancy = new double[columns.length][columns.length];
  }

  /**
   * Pairs of a column of the tile and a later one. Columns come in the order of their cardinality,
   * so that the later one has more values: it is sorted, and the counts of the other then fit into
   * the cache.
   */
  private void pairTile(int first, int[][] tile, List<RankedGroup> pairs) throws IOException {
    int end = Math.min(columns.length, first + tile.length);
    for (int position = first; position < end; position++) {
      readWithLabel(byCardinality[position], tile[position - first]);
    }
    int[] codes = new int[rows];
    int[] order = new int[rows];
    for (int position = first + 1; position < columns.length; position++) {
      int i = byCardinality[position];
      table.columns().get().read(columns[i], codes);
      Grouping outer = new Grouping(codes, cardinality(i), order);
      for (int other = first; other < Math.min(end, position); other++) {
        pairs.add(pair(i, byCardinality[other], outer, tile[other - first]));
        progress.at("pairs", pairs.size(), (double) pairs.size() / pairCount());
      }
    }
  }

  private double pairCount() {
    return columns.length * (columns.length - 1) / 2.0;
  }

  /** Codes of a column with the label, as {@link JointCounter} wants them. */
  private void readWithLabel(int i, int[] into) throws IOException {
    table.columns().get().read(columns[i], into);
    for (int row = 0; row < rows; row++) {
      into[row] = into[row] * table.labelCount() + labels[row];
    }
  }

  private int cardinality(int i) {
    return table.fields().get(columns[i]).values().size();
  }

  private String name(int i) {
    return table.fields().get(columns[i]).name();
  }

  private RankedGroup pair(int i, int j, Grouping outer, int[] inner) {
    CountProfile profile = counter.count(outer, inner, cardinality(j));
    Relevance relevance = relevance(profile, outer, inner, cardinality(j));
    Association association = associations.between(margins[i], margins[j], Margins.of(profile));
    joint[i][j] = relevance.score();
    joint[j][i] = relevance.score();
    redundancy[i][j] = association.mutualInformationNats() - association.expectedNats();
    redundancy[j][i] = redundancy[i][j];
    return new RankedGroup(
        List.of(name(Math.min(i, j)), name(Math.max(i, j))),
        relevance,
        profile.cardinality(),
        relevance.score() - Math.max(single[i].score(), single[j].score()),
        Interaction.nats(single[i].score(), single[j].score(), relevance.score()),
        List.of(
            Interaction.conditionalNats(single[Math.max(i, j)].score(), relevance.score()),
            Interaction.conditionalNats(single[Math.min(i, j)].score(), relevance.score())),
        association.adjusted(),
        redundancy[i][j]);
  }

  private Relevance relevance(CountProfile profile, Grouping outer, int[] inner, int cardinality) {
    if (options.baseline() != Baseline.SHIFTED) {
      return TableRanker.relevance(options.baseline(), model, profile, OptionalDouble.empty());
    }
    int[] together = new int[rows];
    int combinations = counter.number(outer, inner, cardinality, together);
    ColumnScores scores = new ColumnScores(labels, table.labelCount(), options.batchRows());
    return TableRanker.relevance(
        Baseline.SHIFTED,
        model,
        profile,
        OptionalDouble.of(scores.shifted(together, combinations)));
  }

  /** Triples of fields, best first; call it after {@link #pairs}. */
  List<RankedGroup> triples() throws IOException {
    if (options.interactions().order() < 3) {
      return List.of();
    }
    int[] chosen = tripled();
    int[][] third = new int[chosen.length][rows];
    for (int c = 0; c < chosen.length; c++) {
      readWithLabel(chosen[c], third[c]);
    }
    List<RankedGroup> triples = new ArrayList<>();
    int[] codes = new int[rows];
    int[] together = new int[rows];
    int[] firstOrder = new int[rows];
    int[] pairOrder = new int[rows];
    for (int a = 0; a < chosen.length; a++) {
      table.columns().get().read(columns[chosen[a]], codes);
      Grouping first = new Grouping(codes, cardinality(chosen[a]), firstOrder);
      for (int b = a + 1; b < chosen.length; b++) {
        int pairs = counter.number(first, third[b], cardinality(chosen[b]), together);
        Grouping pair = new Grouping(together, pairs, pairOrder);
        for (int c = b + 1; c < chosen.length; c++) {
          triples.add(triple(new int[] {chosen[a], chosen[b], chosen[c]}, pair, third[c]));
          progress.at("triples", triples.size(), (double) (a + 1) / chosen.length);
        }
      }
    }
    triples.sort(BEST_FIRST);
    return triples;
  }

  /** The fields of the best scores, or gains in a pair: the halves of an XOR have no score. */
  private int[] tripled() {
    return IntStream.range(0, columns.length)
        .boxed()
        .sorted(Comparator.comparingDouble(this::worth).reversed())
        .limit(options.interactions().tripled())
        .sorted()
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private double worth(int i) {
    return IntStream.range(0, columns.length)
        .filter(j -> j != i)
        .mapToDouble(j -> joint[i][j] - Math.max(single[i].score(), single[j].score()))
        .reduce(single[i].score(), Math::max);
  }

  private RankedGroup triple(int[] of, Grouping pair, int[] third) {
    CountProfile profile = counter.count(pair, third, cardinality(of[2]));
    Relevance relevance = relevance(profile, pair, third, cardinality(of[2]));
    double[] singles = Arrays.stream(of).mapToDouble(i -> single[i].score()).toArray();
    double[] pairs = {joint[of[0]][of[1]], joint[of[0]][of[2]], joint[of[1]][of[2]]};
    return new RankedGroup(
        Arrays.stream(of).mapToObj(this::name).toList(),
        relevance,
        profile.cardinality(),
        relevance.score() - Arrays.stream(singles).max().getAsDouble(),
        Interaction.nats(singles, pairs, relevance.score()),
        List.of(),
        Double.NaN,
        Double.NaN);
  }

  /** Orders of selection over the fields that were paired. */
  List<Selection> selections() {
    if (columns.length < 2) {
      return List.of();
    }
    List<String> names = IntStream.range(0, columns.length).mapToObj(this::name).toList();
    double[] relevance = Arrays.stream(single).mapToDouble(Relevance::score).toArray();
    return List.of(
        JointSelection.select(names, relevance, joint),
        ThreeMr.DEFAULT.select(names, relevance, redundancy, joint));
  }
}
