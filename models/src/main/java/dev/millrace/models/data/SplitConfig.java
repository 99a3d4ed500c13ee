package dev.millrace.models.data;

import java.util.Objects;

/**
 * How rows are to be split.
 *
 * @param mode what decides about a row
 * @param shares of the parts
 * @param seed of a random split, of the shuffle on disk and of the sampling of quantiles and times
 */
public record SplitConfig(Mode mode, Shares shares, long seed) {

  public SplitConfig {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(shares, "shares");
  }

  /** What decides about a row. */
  public enum Mode {
    /** A hash of its number. */
    RANDOM,
    /** Its time: what is tested is later than what was trained on. */
    TIME,
    /** Its number. */
    ORDER
  }
}
