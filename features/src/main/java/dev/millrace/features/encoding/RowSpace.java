package dev.millrace.features.encoding;

/** Where the values of all fields live in one table. */
sealed interface RowSpace permits UnifiedRows, SeparateRows, VocabularyRows {

  /** Rows of the table. */
  int size();

  /** The row of a value in its discrete form. */
  int row(int ordinal, int chunk, String value);

  /** The row that stands for no value. */
  int missingRow(int ordinal, int chunk);
}
