package dev.millrace.models.network;

/** Rules that the options of networks and layouts share. */
final class Rule {
  private Rule() {}

  static void atLeast(String key, int least, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + " must be >= " + least + ", found " + found);
    }
  }

  /** A dropout rate: the share of values that is zeroed. */
  static void dropoutRate(String key, double found) {
    if (!(found >= 0 && found < 1)) {
      throw new IllegalArgumentException(key + " must be in [0, 1), found " + found);
    }
  }
}
