package dev.millrace.features.encoding;

/**
 * Turns a row of values into the embedding rows to look up. All lookups are into one table {@code
 * [tableRows, dim]}. A token is what a network sees as one field: the weighted sum of the lookups
 * of its segment, of width {@code dim}. Encoders hold no state, so threads may share them.
 */
public interface RowEncoder {

  /** Lookups of every row: one a chunk of a field, {@code maxValues} a chunk if multi-valued. */
  int lookups();

  /** Tokens of every row: one a chunk of a field, in the order of fields, then chunks. */
  int tokens();

  /** The token of each lookup, ascending, {@code [lookups]}. */
  int[] segments();

  /** Whether weights other than 1 occur, which multi-valued and scaled fields bring. */
  boolean weighted();

  /** Rows of the table; every row written is in {@code [0, tableRows)}. */
  int tableRows();

  /** Width of a row of the table. */
  int dim();

  /**
   * Writes the lookups of one row.
   *
   * @param values by field ordinal, null where missing, as a {@code FeatureBinder} makes them
   * @param rows receives table rows at {@code [offset, offset + lookups)}
   * @param weights receives their weights at the same places: 1, or for the n values of a
   *     multi-valued field 1/n each and 0 on its padding, or the scale of a scaled field's value;
   *     may be null unless {@link #weighted()}
   */
  void encode(Object[] values, int[] rows, float[] weights, int offset);
}
