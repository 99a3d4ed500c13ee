package dev.millrace.features.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How encoded fields share embedding tables. */
public sealed interface Embedding {

  /** Width of one row of the table. */
  int dim();

  /** The same kind of embedding for fewer fields. */
  default Embedding of(List<Field> fields) {
    return this;
  }

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
   * A hashed table of its own for each field: what the unified embedding is compared with.
   *
   * @param buckets rows of the table of each field by its name, &gt;= 1
   * @param dim width of a row, &gt;= 1
   */
  record Separate(SortedMap<String, Integer> buckets, int dim) implements Embedding {
    /**
     * @throws IllegalArgumentException naming the component, the rule and the value found
     */
    public Separate {
      buckets = Collections.unmodifiableSortedMap(new TreeMap<>(buckets));
      long rows = 0;
      for (Map.Entry<String, Integer> table : buckets.entrySet()) {
        Check.atLeast("buckets." + table.getKey(), 1, table.getValue());
        rows += table.getValue();
      }
      Check.that(rows <= Integer.MAX_VALUE, "buckets must be <= 2147483647 in all, found " + rows);
      Check.atLeast("dim", 1, dim);
    }

    @Override
    public Embedding of(List<Field> fields) {
      SortedMap<String, Integer> kept = new TreeMap<>(buckets);
      kept.keySet().retainAll(fields.stream().map(Field::name).toList());
      return new Separate(kept, dim);
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
