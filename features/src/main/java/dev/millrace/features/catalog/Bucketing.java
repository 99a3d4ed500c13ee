package dev.millrace.features.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a numeric value becomes a bucket number. Total and monotone on the finite doubles. */
public sealed interface Bucketing {

  /** A bucketing whose parameters are still to be taken from data. */
  sealed interface Unfitted extends Bucketing {
    @Override
    default int bucket(double value) {
      throw new IllegalStateException("bucketings must be fitted before use, found " + this);
    }
  }

  /**
   * The bucket of a finite value.
   *
   * @throws IllegalStateException if the bucketing has not been fitted
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
        String component = "boundaries[" + i + "]";
        double boundary = Check.finite(component, boundaries.get(i));
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
  record UnfittedQuantile(int buckets) implements Unfitted {
    /**
     * @throws IllegalArgumentException naming the component, the rule and the value found
     */
    public UnfittedQuantile {
      Check.atLeast("buckets", 2, buckets);
    }
  }

  /**
   * A field that is embedded as one row times its scaled value (AutoInt, Song et al., CIKM 2019,
   * section 4.2). Its buckets, {@value #BUCKETS} of equal width, are for counting only.
   *
   * @param min finite; becomes 0, like everything below it
   * @param max finite, &gt;= min; becomes 1, like everything above it
   */
  record Scaled(double min, double max) implements Bucketing {
    /** Enough to see a shape by, few enough to count in. */
    static final int BUCKETS = 32;

    /**
     * @throws IllegalArgumentException naming the component, the rule and the value found
     */
    public Scaled {
      min = Check.finite("min", min);
      max = Check.finite("max", max);
      Check.that(min <= max, "max must be >= min, found " + max + " below " + min);
    }

    @Override
    public int bucket(double value) {
      return Math.min(BUCKETS - 1, (int) (scale(value) * BUCKETS));
    }

    /** The value as a share of the way from min to max, in [0,1]; 0 where the two are one. */
    public double scale(double value) {
      if (value <= min) {
        return 0;
      }
      // Halves, because max - min of finite doubles need not be finite.
      return value >= max ? 1 : (value / 2 - min / 2) / (max / 2 - min / 2);
    }
  }

  /** The least and the greatest value still to be taken from data. */
  record UnfittedScaled() implements Unfitted {}
}
