package dev.millrace.features.ranking;

import java.util.Objects;

/**
 * Something that a field is, besides informative or not.
 *
 * @param kind what it is
 * @param detail the figure or the other field that shows it, such as {@code user_id}
 */
public record Trait(Kind kind, String detail) {

  public Trait {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(detail, "detail");
  }

  /** What a field can be. */
  public enum Kind {
    /** Tells nothing that chance would not. */
    NOISE,
    /** Has one value. */
    CONSTANT,
    /** Nearly all rows have the same value. */
    NEAR_CONSTANT,
    /** Nearly every row has a value of its own. */
    ID_LIKE,
    /** Equals another field on every row. */
    DUPLICATE,
    /** Another field under other names, one to one. */
    RELABELLED,
    /** Most rows have no value. */
    MISSING_HEAVY,
    /** Determines the label. */
    LEAK,
    /** Has its values in other shares than in the data set that it is compared with. */
    DRIFTED,
    /** Has more distinct values than the budget; its figures are estimates. */
    SAMPLED
  }
}
