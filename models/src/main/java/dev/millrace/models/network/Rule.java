package dev.millrace.models.network;

import java.util.List;

/** Rules that the options of networks and layouts share. */
final class Rule {
  private Rule() {}

  static void atLeast(String key, int least, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + " must be >= " + least + ", found " + found);
    }
  }

  /** Units of layers: a copy of the list, of which each is at least 1. */
  static List<Integer> units(String key, List<Integer> found) {
    List<Integer> units = List.copyOf(found);
    for (int layer = 0; layer < units.size(); layer++) {
      atLeast(key + "[" + layer + "]", 1, units.get(layer));
    }
    return units;
  }

  /** A dropout rate: the share of values that is zeroed. */
  static void dropoutRate(String key, double found) {
    if (!(found >= 0 && found < 1)) {
      throw new IllegalArgumentException(key + " must be in [0, 1), found " + found);
    }
  }
}
