package dev.millrace.features.ranking;

/**
 * The counts of a column's values up to their names: which counts occur, and how many values have
 * each. What a column shows by chance depends on its margins alone.
 */
public final class Margins {
  /** A table of one label: its rows of counts are the margins. */
  private final CountProfile counts;

  private final long rows;
  private final double entropyNats;

  private Margins(CountProfile counts) {
    this.counts = counts;
    this.rows = counts.rows();
    double sum = 0;
    for (int i = 0; i < counts.size(); i++) {
      sum += multiplicity(i) * (double) count(i) * Math.log((double) rows / count(i));
    }
    this.entropyNats = rows == 0 ? 0 : sum / rows;
  }

  /** Margins of the values of a profile, whatever the label. */
  public static Margins of(CountProfile profile) {
    CountProfile.Builder counts = CountProfile.builder(1);
    long[] total = new long[1];
    for (int i = 0; i < profile.size(); i++) {
      total[0] = profile.total(i);
      counts.add(total, 0, profile.multiplicity(i));
    }
    return new Margins(counts.build());
  }

  /** Margins of the labels of a profile; a label without rows is left out. */
  public static Margins ofLabels(CountProfile profile) {
    return ofCounts(profile.labelTotals());
  }

  /** Margins of values with these counts, each &gt;= 0; a value without rows is left out. */
  static Margins ofCounts(long[] totals) {
    CountProfile.Builder counts = CountProfile.builder(1);
    for (int i = 0; i < totals.length; i++) {
      counts.add(totals, i, 1);
    }
    return new Margins(counts.build());
  }

  /** Rows counted. */
  public long rows() {
    return rows;
  }

  /** Distinct values. */
  public long cardinality() {
    return counts.cardinality();
  }

  /** Entropy of the values, {@code -sum a/n ln(a/n)}, nats. */
  public double entropyNats() {
    return entropyNats;
  }

  /** Distinct counts. */
  int size() {
    return counts.size();
  }

  /** The i-th distinct count, ascending; &gt;= 1. */
  long count(int i) {
    return counts.count(i, 0);
  }

  /** How many values have the i-th count; &gt;= 1. */
  long multiplicity(int i) {
    return counts.multiplicity(i);
  }
}
