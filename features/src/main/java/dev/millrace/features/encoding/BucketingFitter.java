package dev.millrace.features.encoding;

import dev.millrace.features.catalog.Bucketing;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the parameters of a catalogue's unfitted bucketings from rows: the boundaries of quantiles,
 * the least and the greatest value of scaled fields. Memory is bounded by {@code sampleSize}
 * doubles a field; up to that many values the quantiles are exact.
 */
public final class BucketingFitter {
  private final FeatureCatalog catalog;
  private final Map<Integer, Fit> fits = new HashMap<>();

  /**
   * A fitter that has seen no rows.
   *
   * @param sampleSize values kept of each field, &gt;= 1
   * @param seed of the sampling; equal rows in equal order then give equal boundaries
   */
  public BucketingFitter(FeatureCatalog catalog, int sampleSize, long seed) {
    this.catalog = catalog;
    for (Field field : catalog.fields()) {
      Bucketing bucketing = field.bucketing().orElse(null);
      if (bucketing instanceof Bucketing.UnfittedQuantile quantile) {
        Reservoir sample = new Reservoir(sampleSize, seed + field.ordinal());
        fits.put(field.ordinal(), new QuantileFit(sample, quantile.buckets()));
      } else if (bucketing instanceof Bucketing.UnfittedScaled) {
        fits.put(field.ordinal(), new RangeFit());
      }
    }
  }

  /** Takes in a row of values by field ordinal. */
  public void add(Object[] values) {
    fits.forEach(
        (ordinal, fit) -> {
          if (values[ordinal] instanceof Number number) {
            fit.add(number.doubleValue());
          }
        });
  }

  /**
   * The catalogue with parameters. Of a field without values all is one bucket, or one scale of 0.
   */
  public FeatureCatalog fit() {
    Map<Integer, Bucketing> fitted = new HashMap<>();
    fits.forEach((ordinal, fit) -> fitted.put(ordinal, fit.fitted()));
    return catalog.withBucketings(fitted);
  }

  /** What is kept of one field. */
  private sealed interface Fit {
    void add(double value);

    Bucketing fitted();
  }

  private record QuantileFit(Reservoir sample, int buckets) implements Fit {
    @Override
    public void add(double value) {
      sample.add(value);
    }

    /**
     * Boundary i is the value with {@code floor(i n / buckets)} values before it. Equal ones merge,
     * and the smallest value is none, since nothing would fall below it.
     */
    @Override
    public Bucketing fitted() {
      double[] sorted = sample.sorted();
      List<Double> boundaries = new ArrayList<>();
      for (int i = 1; i < buckets && sorted.length > 0; i++) {
        double candidate = sorted[(int) ((long) i * sorted.length / buckets)];
        double last = boundaries.isEmpty() ? sorted[0] : boundaries.get(boundaries.size() - 1);
        if (candidate > last) {
          boundaries.add(candidate);
        }
      }
      return new Bucketing.Quantile(boundaries);
    }
  }

  private static final class RangeFit implements Fit {
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    @Override
    public void add(double value) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }

    @Override
    public Bucketing fitted() {
      return min > max ? new Bucketing.Scaled(0, 0) : new Bucketing.Scaled(min, max);
    }
  }
}
