package dev.millrace.models.network;

import dev.millrace.features.encoding.RowEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the lookups of an example become tokens.
 *
 * <p>An example is {@code lookups} row ids and, in a weighted layout, as many weights. Lookup
 * {@code j} adds {@code weight[j] * table[row[j]]} to token {@code segments[j]}: a field of several
 * values spends several lookups on one token, padding has weight 0. The tokens, {@code [batch,
 * tokens, dim]}, are what a network works on.
 *
 * @param tableRows rows of the embedding table that examples name, at least 1
 * @param dim values of a row, at least 1
 * @param segments token of each lookup; every token from 0 to the largest has at least one
 * @param weighted whether lookups carry weights; without them every lookup counts 1
 * @param cut where rows are stored when only some are kept; row ids are those of the whole table
 *     all the same
 */
public record EmbeddingLayout(
    int tableRows, int dim, List<Integer> segments, boolean weighted, Optional<RowMap> cut) {
  /**
   * @throws IllegalArgumentException when a component breaks its rule
   */
  public EmbeddingLayout {
    segments = List.copyOf(segments);
    Rule.atLeast("tableRows", 1, tableRows);
    Rule.atLeast("dim", 1, dim);
    Rule.atLeast("lookups", 1, segments.size());
    long values = (long) tableRows * dim;
    if (values > ParameterSpec.MAX_VALUES) {
      throw new IllegalArgumentException(
          "tableRows * dim must be <= " + ParameterSpec.MAX_VALUES + ", found " + values);
    }
    requireDense(segments);
    if (cut.isPresent() && cut.get().inputRows() != tableRows) {
      throw new IllegalArgumentException(
          "cut must map %d rows, found %d".formatted(tableRows, cut.get().inputRows()));
    }
  }

  /** The layout of what an encoder writes. */
  public static EmbeddingLayout of(RowEncoder encoder) {
    return encoder.weighted()
        ? weighted(encoder.tableRows(), encoder.dim(), encoder.segments())
        : plain(encoder.tableRows(), encoder.dim(), encoder.tokens());
  }

  /** A layout with one unweighted lookup for each token. */
  public static EmbeddingLayout plain(int tableRows, int dim, int tokens) {
    Rule.atLeast("tokens", 1, tokens);
    return new EmbeddingLayout(
        tableRows, dim, IntStream.range(0, tokens).boxed().toList(), false, Optional.empty());
  }

  /** A layout whose lookups carry weights; lookup {@code j} goes to token {@code segments[j]}. */
  public static EmbeddingLayout weighted(int tableRows, int dim, int[] segments) {
    return new EmbeddingLayout(
        tableRows, dim, Arrays.stream(segments).boxed().toList(), true, Optional.empty());
  }

  /** This layout over a table of which only some rows are stored. */
  public EmbeddingLayout withCut(RowMap rows) {
    return new EmbeddingLayout(tableRows, dim, segments, weighted, Optional.of(rows));
  }

  /** Rows of the stored table: all of them, or the kept ones and the zero row of a cut. */
  public int storedRows() {
    return cut.map(RowMap::storedRows).orElse(tableRows);
  }

  /** Lookups of an example. */
  public int lookups() {
    return segments.size();
  }

  /** Tokens of an example: the fields times the embeddings that each of them gets. */
  public int tokens() {
    return segments.stream().mapToInt(Integer::intValue).max().orElseThrow() + 1;
  }

  /**
   * Checks that examples are made for this layout.
   *
   * @param key what the examples are called
   * @throws IllegalArgumentException when they have more or fewer lookups
   */
  public void requireLookups(String key, int found) {
    if (found != lookups()) {
      throw new IllegalArgumentException(
          "%s must have %d lookups, found %d".formatted(key, lookups(), found));
    }
  }

  /** Whether lookup {@code j} is token {@code j}, so that nothing has to be summed. */
  boolean oneLookupPerToken() {
    return IntStream.range(0, segments.size()).allMatch(j -> segments.get(j) == j);
  }

  /** The matrix {@code [tokens, lookups]} that sums lookups into tokens, row-major. */
  float[] pooling() {
    float[] matrix = new float[tokens() * lookups()];
    for (int lookup = 0; lookup < lookups(); lookup++) {
      matrix[segments.get(lookup) * lookups() + lookup] = 1;
    }
    return matrix;
  }

  private static void requireDense(List<Integer> segments) {
    boolean[] seen = new boolean[segments.size()];
    for (int lookup = 0; lookup < segments.size(); lookup++) {
      int token = segments.get(lookup);
      if (token < 0 || token >= seen.length) {
        throw new IllegalArgumentException(
            "segments[%d] must be in 0..%d, found %d".formatted(lookup, seen.length - 1, token));
      }
      seen[token] = true;
    }
    int last = segments.stream().mapToInt(Integer::intValue).max().orElseThrow();
    for (int token = 0; token < last; token++) {
      if (!seen[token]) {
        throw new IllegalArgumentException(
            "segments must name every token up to %d, found none for token %d"
                .formatted(last, token));
      }
    }
  }
}
