package dev.millrace.models.data;

/** Data that cannot be trained on; the message is one line: key, rule, value found. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataException(String message) {
    super(message);
  }

  DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
