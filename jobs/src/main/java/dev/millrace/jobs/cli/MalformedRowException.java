package dev.millrace.jobs.cli;

/**
 * A malformed row where none is accepted; the message is one line: file, line, rule, value found.
 */
final class MalformedRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedRowException(String message) {
    super(message);
  }
}
