package dev.millrace.features.ranking;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Exact counts of a field's values by label, {@code [values, labels]}. Tables of parts of a stream
 * merge by addition, in any order. Memory grows with the distinct values.
 *
 * @param <V> type of the values; a null stands for a missing value and counts as one
 */
public final class ContingencyTable<V> {
  private static final int INITIAL_VALUES = 16;

  private final int labels;
  private final Map<V, Integer> index = new HashMap<>();
  private long[] counts;

  /**
   * An empty table.
   *
   * @param labels number of labels, &gt;= 1
   */
  public ContingencyTable(int labels) {
    if (labels < 1) {
      throw new IllegalArgumentException("labels must be >= 1, found " + labels);
    }
    this.labels = labels;
    this.counts = new long[INITIAL_VALUES * labels];
  }

  /**
   * Counts rows.
   *
   * @param value kept by reference, and not to be changed afterwards
   * @param label in [0, labels)
   * @param rows how many, &gt;= 0
   */
  public void add(V value, int label, long rows) {
    if (label < 0 || label >= labels) {
      throw new IllegalArgumentException("label must be in [0, " + labels + "), found " + label);
    }
    if (rows < 0) {
      throw new IllegalArgumentException("rows must be >= 0, found " + rows);
    }
    if (rows > 0) {
      // Two steps: slot() may replace the array.
      int slot = slot(value);
      counts[slot * labels + label] += rows;
    }
  }

  /** Adds the counts of another table over the same labels. */
  public void merge(ContingencyTable<? extends V> other) {
    if (other.labels != labels) {
      throw new IllegalArgumentException("labels must be " + labels + ", found " + other.labels);
    }
    other.index.forEach(
        (value, slot) -> {
          for (int label = 0; label < labels; label++) {
            add(value, label, other.counts[slot * labels + label]);
          }
        });
  }

  /** Rows counted. */
  public long rows() {
    return Arrays.stream(counts).sum();
  }

  /** Rows counted with this value. */
  public long rows(V value) {
    Integer slot = index.get(value);
    return slot == null ? 0 : valueMargins()[slot];
  }

  /** Distinct values counted, a missing one included. */
  public int cardinality() {
    return index.size();
  }

  /** Plug-in estimate of the mutual information of value and label, in nats, &gt;= 0. */
  public double mutualInformationNats() {
    long[] values = valueMargins();
    long[] byLabel = labelMargins();
    double rows = rows();
    double sum = 0;
    for (int slot = 0; slot < values.length; slot++) {
      for (int label = 0; label < labels; label++) {
        double mean = values[slot] * (byLabel[label] / rows);
        sum += mean == 0 ? 0 : Divergence.term((double) counts[slot * labels + label], mean);
      }
    }
    return sum == 0 ? 0 : sum / rows;
  }

  /**
   * What {@link #mutualInformationNats()} would be on average if the labels were dealt out to the
   * rows at random: exact, in nats, and a function of the margins only.
   */
  public double expectedMutualInformationNats() {
    return ExpectedMutualInformation.nats(
        Margins.ofCounts(valueMargins()), Margins.ofCounts(labelMargins()));
  }

  /** The counts without the values. */
  public CountProfile profile() {
    CountProfile.Builder profile = CountProfile.builder(labels);
    for (int slot = 0; slot < index.size(); slot++) {
      profile.add(counts, slot * labels, 1);
    }
    return profile.build();
  }

  private int slot(V value) {
    Integer known = index.get(value);
    if (known != null) {
      return known;
    }
    int slot = index.size();
    index.put(value, slot);
    if (counts.length < (slot + 1) * labels) {
      counts = Arrays.copyOf(counts, counts.length * 2);
    }
    return slot;
  }

  private long[] valueMargins() {
    long[] margins = new long[index.size()];
    for (int i = 0; i < margins.length * labels; i++) {
      margins[i / labels] += counts[i];
    }
    return margins;
  }

  private long[] labelMargins() {
    long[] margins = new long[labels];
    for (int i = 0; i < counts.length; i++) {
      margins[i % labels] += counts[i];
    }
    return margins;
  }
}
