package dev.millrace.features.table;

/** The rows whose cell in one column is not empty. */
public final class CompleteRows extends FilteredRows {
  private final int column;

  /**
   * @param rows closed with these, and not if this throws
   * @param column that may not be empty
   * @throws TableException if there is no such column
   */
  public CompleteRows(Rows rows, String column) {
    super(rows);
    this.column = rows.columns().indexOf(column);
    RankingOptions.require(
        this.column >= 0,
        rows.source() + ": column " + column + " must be there to drop rows without it",
        String.join(", ", rows.columns()));
  }

  @Override
  protected boolean accepts() {
    return start(column) < end(column);
  }
}
