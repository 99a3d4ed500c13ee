package dev.millrace.features.table;

import dev.millrace.features.ranking.Baseline;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How a table is ranked.
 *
 * @param label name of the label's column
 * @param exclude columns that are no fields
 * @param missing values that stand for a missing one; they count as values of their own, and not
 *     towards coverage
 * @param baseline what scores are relative to
 * @param batchRows rows of a batch of the shifted baseline
 * @param interactions which fields are taken together
 * @param derivations which fields are made of others
 * @param heuristics names of other scores, see {@link Heuristics}
 * @param maxValues distinct values of a field up to which its table is exact
 * @param rareCount most rows of a rare value
 * @param significance of the test against independence, for all fields together, in (0,1)
 */
public record RankingOptions(
    String label,
    Set<String> exclude,
    Set<String> missing,
    Baseline baseline,
    int batchRows,
    Interactions interactions,
    Derivations derivations,
    List<String> heuristics,
    int maxValues,
    long rareCount,
    double significance) {

  /** Rows of OutRank's batches. */
  public static final int DEFAULT_BATCH_ROWS = 1 << 14;

  /** A million values of a field take some 40 MB. */
  public static final int DEFAULT_MAX_VALUES = 1 << 20;

  /** What OutRank takes for missing. */
  public static final Set<String> DEFAULT_MISSING = Set.of("", "{}");

  public RankingOptions {
    Objects.requireNonNull(label, "label");
    exclude = Set.copyOf(exclude);
    missing = Set.copyOf(missing);
    heuristics = List.copyOf(heuristics);
    require(batchRows >= 2, "batch-rows must be >= 2", batchRows);
    require(maxValues >= 16, "max-values must be >= 16", maxValues);
    require(rareCount >= 0, "rare-count must be >= 0", rareCount);
    require(significance > 0 && significance < 1, "significance must be in (0,1)", significance);
  }

  static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new TableException(rule + ", found " + found);
    }
  }

  /** Each field by itself, against the exact expectation. */
  public static RankingOptions of(String label) {
    return new RankingOptions(
        label,
        Set.of(),
        DEFAULT_MISSING,
        Baseline.EXPECTED,
        DEFAULT_BATCH_ROWS,
        Interactions.NONE,
        Derivations.NONE,
        List.of(),
        DEFAULT_MAX_VALUES,
        1,
        0.01);
  }

  /** The same with another baseline. */
  public RankingOptions with(Baseline other) {
    return new RankingOptions(
        label,
        exclude,
        missing,
        other,
        batchRows,
        interactions,
        derivations,
        heuristics,
        maxValues,
        rareCount,
        significance);
  }

  /** The same with other interactions. */
  public RankingOptions with(Interactions other) {
    return new RankingOptions(
        label,
        exclude,
        missing,
        baseline,
        batchRows,
        other,
        derivations,
        heuristics,
        maxValues,
        rareCount,
        significance);
  }

  /** The same with other derived fields. */
  public RankingOptions with(Derivations other) {
    return new RankingOptions(
        label,
        exclude,
        missing,
        baseline,
        batchRows,
        interactions,
        other,
        heuristics,
        maxValues,
        rareCount,
        significance);
  }

  /** The same with other heuristics. */
  public RankingOptions withHeuristics(List<String> others) {
    return new RankingOptions(
        label,
        exclude,
        missing,
        baseline,
        batchRows,
        interactions,
        derivations,
        others,
        maxValues,
        rareCount,
        significance);
  }

  /** The same with batches of another size. */
  public RankingOptions withBatchRows(int rows) {
    return new RankingOptions(
        label,
        exclude,
        missing,
        baseline,
        rows,
        interactions,
        derivations,
        heuristics,
        maxValues,
        rareCount,
        significance);
  }

  /** The same with another budget of distinct values. */
  public RankingOptions withMaxValues(int values) {
    return new RankingOptions(
        label,
        exclude,
        missing,
        baseline,
        batchRows,
        interactions,
        derivations,
        heuristics,
        values,
        rareCount,
        significance);
  }
}
