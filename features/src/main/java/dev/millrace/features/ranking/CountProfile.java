package dev.millrace.features.ranking;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A contingency table {@code [values, labels]} up to the names of its values: which rows of counts
 * occur, and how many values have each. Mutual information, its expectation and every other
 * statistic that does not ask which value is which is a function of the profile, and a table of ten
 * million values has a profile of some thousand rows. Profiles of disjoint sets of values merge by
 * addition. Equal tables have equal profiles, whatever the order in which they were counted, so
 * that sums over a profile are equal to the last bit.
 */
public final class CountProfile {
  private final int labels;
  private final long[] counts;
  private final long[] multiplicities;

  private CountProfile(int labels, long[] counts, long[] multiplicities) {
    this.labels = labels;
    this.counts = counts;
    this.multiplicities = multiplicities;
  }

  /**
   * Starts a profile.
   *
   * @param labels number of labels, &gt;= 1
   */
  public static Builder builder(int labels) {
    return new Builder(labels);
  }

  /** Number of labels, the width of a row of counts. */
  public int labels() {
    return labels;
  }

  /** Distinct rows of counts. */
  public int size() {
    return multiplicities.length;
  }

  /** Rows with this label among the values of the i-th row of counts, each of them. */
  public long count(int i, int label) {
    return counts[i * labels + label];
  }

  /** Rows of any label, of each value of the i-th row of counts; &gt;= 1. */
  public long total(int i) {
    long total = 0;
    for (int label = 0; label < labels; label++) {
      total += count(i, label);
    }
    return total;
  }

  /** How many values have the i-th row of counts; &gt;= 1. */
  public long multiplicity(int i) {
    return multiplicities[i];
  }

  /** Distinct values. */
  public long cardinality() {
    return Arrays.stream(multiplicities).sum();
  }

  /** Rows counted. */
  public long rows() {
    return Arrays.stream(labelTotals()).sum();
  }

  /** Rows by label, {@code [labels]}. */
  public long[] labelTotals() {
    long[] totals = new long[labels];
    for (int i = 0; i < size(); i++) {
      for (int label = 0; label < labels; label++) {
        totals[label] += count(i, label) * multiplicity(i);
      }
    }
    return totals;
  }

  /** Collects the rows of counts, in any order. */
  public static final class Builder {
    private final int labels;
    private int[] slots = new int[64];
    private long[] counts;
    private long[] multiplicities = new long[16];
    private int size;

    private Builder(int labels) {
      if (labels < 1) {
        throw new IllegalArgumentException("labels must be >= 1, found " + labels);
      }
      this.labels = labels;
      this.counts = new long[16 * labels];
    }

    /**
     * Adds values that have these counts; a row of zeros is no value and is left out.
     *
     * @param from holds the counts by label from {@code offset} on, each &gt;= 0
     * @param values how many, &gt;= 0
     */
    public Builder add(long[] from, int offset, long values) {
      long total = 0;
      for (int label = 0; label < labels; label++) {
        if (from[offset + label] < 0) {
          throw new IllegalArgumentException("counts must be >= 0, found " + from[offset + label]);
        }
        total += from[offset + label];
      }
      if (total > 0 && values > 0) {
        // Two steps: find() may replace the array.
        int row = find(from, offset);
        multiplicities[row] += values;
      }
      return this;
    }

    /** Adds all values of another profile, which must not share a value with this one. */
    public Builder add(CountProfile other) {
      if (other.labels != labels) {
        throw new IllegalArgumentException("labels must be " + labels + ", found " + other.labels);
      }
      for (int i = 0; i < other.size(); i++) {
        add(other.counts, i * labels, other.multiplicities[i]);
      }
      return this;
    }

    private int find(long[] from, int offset) {
      int mask = slots.length - 1;
      int at = hash(from, offset) & mask;
      while (slots[at] != 0) {
        int row = slots[at] - 1;
        if (Arrays.equals(
            counts, row * labels, (row + 1) * labels, from, offset, offset + labels)) {
          return row;
        }
        at = (at + 1) & mask;
      }
      if (size == multiplicities.length) {
        multiplicities = Arrays.copyOf(multiplicities, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size * labels);
      }
      System.arraycopy(from, offset, counts, size * labels, labels);
      slots[at] = ++size;
      if (2 * size > slots.length) {
        rehash();
      }
      return size - 1;
    }

    private void rehash() {
      slots = new int[slots.length * 2];
      int mask = slots.length - 1;
      for (int row = 0; row < size; row++) {
        int at = hash(counts, row * labels) & mask;
        while (slots[at] != 0) {
          at = (at + 1) & mask;
        }
        slots[at] = row + 1;
      }
    }

    private int hash(long[] from, int offset) {
      long hash = 0;
      for (int label = 0; label < labels; label++) {
        hash = (hash ^ from[offset + label]) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 32;
      }
      return (int) hash;
    }

    /** The profile of what was added, its rows of counts in ascending order. */
    public CountProfile build() {
      int[] order =
          IntStream.range(0, size)
              .boxed()
              .sorted(
                  (a, b) ->
                      Arrays.compare(
                          counts,
                          a * labels,
                          (a + 1) * labels,
                          counts,
                          b * labels,
                          (b + 1) * labels))
              .mapToInt(Integer::intValue)
              .toArray();
      long[] sortedCounts = new long[size * labels];
      long[] sortedMultiplicities = new long[size];
      for (int i = 0; i < size; i++) {
        System.arraycopy(counts, order[i] * labels, sortedCounts, i * labels, labels);
        sortedMultiplicities[i] = multiplicities[order[i]];
      }
      return new CountProfile(labels, sortedCounts, sortedMultiplicities);
    }
  }
}
