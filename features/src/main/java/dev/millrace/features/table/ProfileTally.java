package dev.millrace.features.table;

import dev.millrace.features.ranking.CountProfile;
import java.util.Arrays;

/**
 * Collects a {@link CountProfile} from counts of values. Most combinations of two fields are rare,
 * so that small counts by two labels have a table of their own.
 */
final class ProfileTally {
  /** Counts of two labels below this are tallied in a table of 8 KiB. */
  private static final int SMALL = 32;

  private final int labels;
  private final long[] small = new long[SMALL * SMALL];
  private final long[] row;
  private CountProfile.Builder large;

  ProfileTally(int labels) {
    this.labels = labels;
    this.row = new long[labels];
    this.large = CountProfile.builder(labels);
  }

  /** Adds the values whose counts by label lie in {@code [0, end)}, one after the other. */
  void add(int[] counts, int end) {
    add(counts, 0, end);
  }

  /** Adds the values whose counts by label lie in {@code [start, end)}, one after the other. */
  void add(int[] counts, int start, int end) {
    if (labels == 2) {
      addPairs(counts, start, end);
      return;
    }
    for (int i = start; i < end; i += labels) {
      for (int label = 0; label < labels; label++) {
        row[label] = counts[i + label];
      }
      large.add(row, 0, 1);
    }
  }

  private void addPairs(int[] counts, int start, int end) {
    for (int i = start; i < end; i += 2) {
      int first = counts[i];
      int second = counts[i + 1];
      if ((first | second) < SMALL) {
        small[first * SMALL + second]++;
      } else {
        row[0] = first;
        row[1] = second;
        large.add(row, 0, 1);
      }
    }
  }

  /** Adds a value with one row. */
  void addSingle(int label) {
    if (labels == 2) {
      small[label == 0 ? SMALL : 1]++;
    } else {
      Arrays.fill(row, 0);
      row[label] = 1;
      large.add(row, 0, 1);
    }
  }

  /** The profile of what was added; the tally is empty afterwards. */
  CountProfile drain() {
    if (labels == 2) {
      // Cells without rows were tallied as well.
      small[0] = 0;
      for (int i = 0; i < small.length; i++) {
        if (small[i] > 0) {
          row[0] = i / SMALL;
          row[1] = i % SMALL;
          large.add(row, 0, small[i]);
        }
      }
      Arrays.fill(small, 0);
    }
    CountProfile profile = large.build();
    large = CountProfile.builder(labels);
    return profile;
  }
}
