package dev.millrace.models.train;

import dev.millrace.models.network.RowMap;
import java.util.DoubleSummaryStatistics;
import java.util.stream.IntStream;

/**
 * The gates of the rows of an embedding table after a search: a row whose gate is above 0 is kept.
 *
 * <p>They start at 0.5. How far a gate stays above the others tells how much its value is worth to
 * the network, so that {@link #summary} of a field's rows ranks fields.
 */
public final class Gates {
  private final float[] values;

  Gates(float[] values) {
    this.values = values.clone();
  }

  /**
   * Gates of some rows.
   *
   * @param rows how many
   * @param kept how many of them are above 0
   * @param min smallest gate; NaN, as the others, without rows
   * @param mean of the gates
   * @param max largest gate
   */
  public record Summary(long rows, long kept, double min, double mean, double max) {
    /** Share of rows that are kept, in [0, 1]. */
    public double keptShare() {
      return (double) kept / rows;
    }
  }

  /** Rows of the table. */
  public int rows() {
    return values.length;
  }

  public float gate(int row) {
    return values[row];
  }

  public boolean keeps(int row) {
    return values[row] > 0;
  }

  /** All rows. */
  public Summary summary() {
    return summary(IntStream.range(0, values.length));
  }

  /** Some rows, for example those that the values of a field name. */
  public Summary summary(IntStream rows) {
    int[] named = rows.toArray();
    DoubleSummaryStatistics gates =
        IntStream.of(named).mapToDouble(row -> values[row]).summaryStatistics();
    boolean none = named.length == 0;
    return new Summary(
        named.length,
        IntStream.of(named).filter(this::keeps).count(),
        none ? Double.NaN : gates.getMin(),
        none ? Double.NaN : gates.getAverage(),
        none ? Double.NaN : gates.getMax());
  }

  /** Where the kept rows are stored. */
  RowMap cut() {
    return RowMap.keeping(values.length, this::keeps);
  }
}
