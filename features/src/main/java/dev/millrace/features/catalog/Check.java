package dev.millrace.features.catalog;

/**
 * Rules of the records of this package; a message is the component, the rule and what was found.
 */
final class Check {
  private static final int MAX_NAME_LENGTH = 200;

  private Check() {}

  static void that(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static void atLeast(String component, int minimum, int found) {
    that(found >= minimum, component + " must be >= " + minimum + ", found " + found);
  }

  /** The number, -0.0 as 0.0: they are one and must have one fingerprint. */
  static double finite(String component, double found) {
    that(Double.isFinite(found), component + " must be finite, found " + found);
    return found + 0.0;
  }

  /** Names become YAML keys, map keys and metric labels, so blanks and control characters go. */
  static void name(String component, String found) {
    boolean printable = found.chars().noneMatch(c -> Character.isISOControl(c));
    that(
        !found.isBlank() && found.length() <= MAX_NAME_LENGTH && printable,
        component
            + " must be 1 to "
            + MAX_NAME_LENGTH
            + " printable characters, found \""
            + Excerpt.of(found)
            + "\"");
  }
}
