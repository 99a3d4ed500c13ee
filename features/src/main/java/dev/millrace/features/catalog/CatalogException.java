package dev.millrace.features.catalog;

/** A catalogue that cannot be used; the message is one line: origin, key, rule, value found. */
public final class CatalogException extends RuntimeException {
  CatalogException(String message) {
    super(message);
  }

  CatalogException(String message, Throwable cause) {
    super(message, cause);
  }
}
