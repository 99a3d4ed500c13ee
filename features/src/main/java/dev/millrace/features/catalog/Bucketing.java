package dev.millrace.features.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a numeric value becomes a bucket number. Total and monotone on the finite doubles. */
public sealed interface Bucketing {

  /**
   * The bucket of a finite value.
   *
   * @throws IllegalStateException if the boundaries have not been fitted
   */
  int bucket(double value);

  /**
   * {@code floor(ln(v)^2)} above 2, as is practice on the Criteo data (Juan et al., 2016), and one
   * bucket for each integer step down to -2; below that, the mirror image of the upper part.
   *
   * <pre>
   * v &gt; 2          floor(ln(v)^2)          0, 1, 2, ...
   * (1, 2]         -1
   * (0, 1]         -2
   * (-1, 0]        -3
   * (-2, -1]       -4
   * v &lt;= -2        -5 - floor(ln(-v)^2)    -5, -6, ...
   * </pre>
   */
  record LogSquare() implements Bucketing {
    @Override
    public int bucket(double value) {
      if (value > 2) {
        return floorOfSquaredLog(value);
      }
      return value <= -2 ? -5 - floorOfSquaredLog(-value) : (int) Math.ceil(value) - 3;
    }

    /**
     * Strict, so that no machine puts a value on a boundary into another bucket; at most 503791.
     */
    private static int floorOfSquaredLog(double value) {
      double log = StrictMath.log(value);
      return (int) (log * log);
    }
  }

  /**
   * The number of boundaries that are &lt;= the value.
   *
   * @param boundaries finite and strictly ascending; none makes one bucket
   */
  record Quantile(List<Double> boundaries) implements Bucketing {
    /**
     * @throws IllegalArgumentException naming the component, the rule and the value found
     */
    public Quantile {
      List<Double> checked = new ArrayList<>();
      for (int i = 0; i < boundaries.size(); i++) {
        // Adding 0.0 turns -0.0 into 0.0: they are one boundary and must have one fingerprint.
        double boundary = boundaries.get(i) + 0.0;
        String component = "boundaries[" + i + "]";
        Check.that(Double.isFinite(boundary), component + " must be finite, found " + boundary);
        Check.that(
            i == 0 || checked.get(i - 1) < boundary,
            component + " must be above the one before it, found " + boundary);
        checked.add(boundary);
      }
      boundaries = Collections.unmodifiableList(checked);
    }

    @Override
    public int bucket(double value) {
      int low = 0;
      int high = boundaries.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (boundaries.get(middle) <= value) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  /**
   * Quantiles still to be taken from data.
   *
   * @param buckets how many to aim at, &gt;= 2; equal quantiles merge
   */
  record UnfittedQuantile(int buckets) implements Bucketing {
    /**
     * @throws IllegalArgumentException naming the component, the rule and the value found
     */
    public UnfittedQuantile {
      Check.atLeast("buckets", 2, buckets);
    }

    @Override
    public int bucket(double value) {
      throw new IllegalStateException("quantile boundaries must be fitted before use, found none");
    }
  }
}
