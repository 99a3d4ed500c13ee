package dev.millrace.features.catalog;

/** A value that does not fit its catalogue; the message is one line: field, rule, value found. */
public final class FeatureException extends RuntimeException {
  private final Reason reason;
  private final String field;

  FeatureException(Reason reason, String field, String rule, Object found) {
    super(Excerpt.of(field) + " must " + rule + ", found " + Excerpt.of(found));
    this.reason = reason;
    this.field = field;
  }

  /** The rule broken. */
  public Reason reason() {
    return reason;
  }

  /** The key that broke it, as it came in. */
  public String field() {
    return field;
  }

  /** The rules a value can break. */
  public enum Reason {
    /** The catalogue has no field of this name. */
    UNKNOWN_FIELD,
    /** The field takes its value from elsewhere. */
    WRONG_SOURCE,
    /** The value's type does not fit the field's kind. */
    WRONG_TYPE,
    /** The number is NaN or infinite. */
    NOT_FINITE
  }
}
