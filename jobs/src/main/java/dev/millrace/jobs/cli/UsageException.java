package dev.millrace.jobs.cli;

/** A wrong option or configuration; the message is one line: key, rule, value found. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
