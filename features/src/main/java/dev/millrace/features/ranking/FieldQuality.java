package dev.millrace.features.ranking;

import java.util.List;
import java.util.Optional;

/**
 * The state of a field's data.
 *
 * @param rows rows read
 * @param missing rows whose value is one of the missing symbols
 * @param cardinality distinct values that are not missing
 * @param cardinalityEstimated whether a sketch gave the cardinality
 * @param entropyNats of the values, a missing one included
 * @param rareValues values with at most {@code rareCount} rows
 * @param rareRows rows that have them
 * @param rareCount the bound of a rare value
 * @param meanBytes of a value as it was written
 * @param mostFrequent the most frequent values, most frequent first
 * @param bounds of the values, where all that are not missing are numbers
 * @param drift population stability index against the other data set, where there is one
 */
public record FieldQuality(
    long rows,
    long missing,
    long cardinality,
    boolean cardinalityEstimated,
    double entropyNats,
    long rareValues,
    long rareRows,
    long rareCount,
    double meanBytes,
    List<ValueCount> mostFrequent,
    Optional<Bounds> bounds,
    Optional<Double> drift) {

  public FieldQuality {
    mostFrequent = List.copyOf(mostFrequent);
  }

  /** Share of the rows that have a value, in [0,1]. */
  public double coverage() {
    return rows == 0 ? 0 : (double) (rows - missing) / rows;
  }

  /**
   * A value and its rows.
   *
   * @param value as it was written
   * @param rows that have it
   */
  public record ValueCount(String value, long rows) {}

  /** The least, the middle and the greatest of numeric values, weighted by rows. */
  public record Bounds(double minimum, double median, double maximum) {}
}
