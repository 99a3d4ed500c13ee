package dev.millrace.features.table;

/** A table that cannot be ranked as asked; the message is one line: key, rule, value found. */
public final class TableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TableException(String message) {
    super(message);
  }
}
