package dev.millrace.models.evaluate;

import java.util.Arrays;

/**
 * What is independent of each other and so is resampled as a whole: the groups where there are any,
 * else the rows. Units are numbered from 0.
 */
final class Units {
  private final long[] groups;
  private final int[] ofRow;
  private final int count;

  private Units(long[] groups, int[] ofRow, int count) {
    this.groups = groups;
    this.ofRow = ofRow;
    this.count = count;
  }

  static Units of(Scores scores) {
    if (!scores.isGrouped()) {
      return new Units(new long[0], new int[0], scores.size());
    }
    long[] groups = distinct(scores);
    int[] ofRow = new int[scores.size()];
    for (int row = 0; row < ofRow.length; row++) {
      ofRow[row] = Arrays.binarySearch(groups, scores.group(row));
    }
    return new Units(groups, ofRow, groups.length);
  }

  private static long[] distinct(Scores scores) {
    long[] sorted = new long[scores.size()];
    Arrays.setAll(sorted, scores::group);
    Arrays.parallelSort(sorted);
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  int count() {
    return count;
  }

  boolean areGroups() {
    return ofRow.length > 0;
  }

  int ofRow(int row) {
    return areGroups() ? ofRow[row] : row;
  }

  /** What a unit is known by, whatever the other units are. */
  long key(int unit) {
    return areGroups() ? groups[unit] : unit;
  }
}
