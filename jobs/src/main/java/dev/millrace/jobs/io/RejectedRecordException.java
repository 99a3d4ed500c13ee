package dev.millrace.jobs.io;

/** A record that was read but breaks a rule of its topic. */
public final class RejectedRecordException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * @param message the rule and the value found, one line
   */
  public RejectedRecordException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
