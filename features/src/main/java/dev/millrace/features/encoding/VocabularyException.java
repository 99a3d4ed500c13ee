package dev.millrace.features.encoding;

/** A vocabulary file that cannot be used; the message is one line: file, rule, value found. */
public final class VocabularyException extends RuntimeException {
  VocabularyException(String message, Throwable cause) {
    super(message, cause);
  }
}
