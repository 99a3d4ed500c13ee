package dev.millrace.models.evaluate;

import java.util.Arrays;

/**
 * Predicted probabilities with the labels of the rows and, for metrics per user or request, the
 * group of each: 13 bytes a row, 5 without groups. Rows are appended in the order of the data, so
 * that two models scored on the same data can be compared row by row. Not safe for threads.
 */
public final class Scores {
  private static final int FIRST_CAPACITY = 1 << 10;

  private final boolean grouped;
  private float[] probabilities = new float[FIRST_CAPACITY];
  private byte[] clicks = new byte[FIRST_CAPACITY];
  private long[] groups;
  private int size;

  private Scores(boolean grouped) {
    this.grouped = grouped;
    this.groups = new long[grouped ? FIRST_CAPACITY : 0];
  }

  /** Takes rows that belong to no group. */
  public static Scores ungrouped() {
    return new Scores(false);
  }

  /** Takes rows that each belong to a group. */
  public static Scores grouped() {
    return new Scores(true);
  }

  /**
   * Rows that belong to no group.
   *
   * @throws IllegalArgumentException when a value breaks its rule or the lengths differ
   */
  public static Scores of(float[] probabilities, float[] labels) {
    if (probabilities.length != labels.length) {
      throw new IllegalArgumentException(
          "labels must be %d long, found %d".formatted(probabilities.length, labels.length));
    }
    Scores scores = new Scores(false);
    for (int row = 0; row < labels.length; row++) {
      scores.add(probabilities[row], labels[row]);
    }
    return scores;
  }

  /**
   * Appends a row without a group.
   *
   * @param probability of a click, in [0, 1]
   * @param label 1 for a click, else 0
   */
  public void add(float probability, float label) {
    if (grouped) {
      throw new IllegalStateException("scores must be ungrouped to take a row without a group");
    }
    append(probability, label);
  }

  /**
   * Appends a row.
   *
   * @param probability of a click, in [0, 1]
   * @param label 1 for a click, else 0
   * @param group 64-bit hash of the user or request
   */
  public void add(float probability, float label, long group) {
    if (!grouped) {
      throw new IllegalStateException("scores must be grouped to take a row with a group");
    }
    append(probability, label);
    groups[size - 1] = group;
  }

  /** Rows. */
  public int size() {
    return size;
  }

  /** Whether rows belong to groups. */
  public boolean isGrouped() {
    return grouped;
  }

  float probability(int row) {
    return probabilities[row];
  }

  /** 1 for a click, else 0. */
  int click(int row) {
    return clicks[row];
  }

  long group(int row) {
    return groups[row];
  }

  /**
   * @throws IllegalArgumentException unless the rows are the same but for their probabilities
   */
  void requireSameRows(Scores other) {
    if (size != other.size || grouped != other.grouped) {
      throw new IllegalArgumentException(
          "compared models must be scored on the same rows, found %d %s and %d %s"
              .formatted(size, grouping(), other.size, other.grouping()));
    }
    requireSame("label", Arrays.mismatch(clicks, 0, size, other.clicks, 0, size));
    if (grouped) {
      requireSame("group", Arrays.mismatch(groups, 0, size, other.groups, 0, size));
    }
  }

  private String grouping() {
    return grouped ? "with groups" : "without groups";
  }

  private static void requireSame(String column, int mismatch) {
    if (mismatch >= 0) {
      throw new IllegalArgumentException(
          "compared models must be scored on the same rows, found another %s in row %d"
              .formatted(column, mismatch));
    }
  }

  private void append(float probability, float label) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probabilities[%d] must be in [0, 1], found %s".formatted(size, probability));
    }
    if (label != 0 && label != 1) {
      throw new IllegalArgumentException(
          "labels[%d] must be 0 or 1, found %s".formatted(size, label));
    }
    if (size == clicks.length) {
      grow();
    }
    // Adding zero turns -0 into 0, so that bits sort as the numbers do.
    probabilities[size] = probability + 0f;
    clicks[size] = (byte) label;
    size++;
  }

  private void grow() {
    int capacity = Math.addExact(size, size >> 1);
    probabilities = Arrays.copyOf(probabilities, capacity);
    clicks = Arrays.copyOf(clicks, capacity);
    groups = grouped ? Arrays.copyOf(groups, capacity) : groups;
  }
}
