package dev.millrace.features.catalog;

/** How encoded fields share embedding tables. */
public sealed interface Embedding {

  /** Width of one row of the table. */
  int dim();

  /**
   * One hashed table for all fields (Coleman et al., "Unified Embedding", NeurIPS 2023).
   *
   * @param buckets rows of the table, &gt;= 2
   * @param dim width of a row, &gt;= 1
   */
  record Unified(int buckets, int dim) implements Embedding {
    /**
     * @throws IllegalArgumentException naming the component, the rule and the value found
     */
    public Unified {
      Check.atLeast("buckets", 2, buckets);
      Check.atLeast("dim", 1, dim);
    }
  }

  /**
   * A row of its own for every value seen often enough.
   *
   * @param minCount occurrences below which a value is out of vocabulary, &gt;= 1
   * @param dim width of a row, &gt;= 1
   */
  record VocabularyTable(int minCount, int dim) implements Embedding {
    /**
     * @throws IllegalArgumentException naming the component, the rule and the value found
     */
    public VocabularyTable {
      Check.atLeast("minCount", 1, minCount);
      Check.atLeast("dim", 1, dim);
    }
  }
}
