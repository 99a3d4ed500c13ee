package dev.millrace.features.encoding;

import dev.millrace.features.catalog.Bucketing;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the boundaries of a catalogue's unfitted quantile bucketings from rows. Memory is bounded
 * by {@code sampleSize} doubles a field; up to that many values the quantiles are exact.
 */
public final class QuantileFitter {
  private final FeatureCatalog catalog;
  private final Map<Integer, Reservoir> samples = new HashMap<>();

  /**
   * A fitter that has seen no rows.
   *
   * @param sampleSize values kept of each field, &gt;= 1
   * @param seed of the sampling; equal rows in equal order then give equal boundaries
   */
  public QuantileFitter(FeatureCatalog catalog, int sampleSize, long seed) {
    this.catalog = catalog;
    for (Field field : catalog.fields()) {
      if (field.bucketing().orElse(null) instanceof Bucketing.UnfittedQuantile) {
        samples.put(field.ordinal(), new Reservoir(sampleSize, seed + field.ordinal()));
      }
    }
  }

  /** Samples a row of values by field ordinal. */
  public void add(Object[] values) {
    samples.forEach(
        (ordinal, sample) -> {
          if (values[ordinal] instanceof Number number) {
            sample.add(number.doubleValue());
          }
        });
  }

  /** The catalogue with boundaries; a field without values gets none, which is one bucket. */
  public FeatureCatalog fit() {
    Map<Integer, Bucketing> fitted = new HashMap<>();
    samples.forEach(
        (ordinal, sample) -> {
          Bucketing bucketing = catalog.fields().get(ordinal).bucketing().orElseThrow();
          int buckets = ((Bucketing.UnfittedQuantile) bucketing).buckets();
          fitted.put(ordinal, new Bucketing.Quantile(boundaries(sample.sorted(), buckets)));
        });
    return catalog.withBucketings(fitted);
  }

  /**
   * Boundary i is the value with {@code floor(i n / buckets)} values before it. Equal ones merge,
   * and the smallest value is none, since nothing would fall below it.
   */
  private static List<Double> boundaries(double[] sorted, int buckets) {
    List<Double> boundaries = new ArrayList<>();
    for (int i = 1; i < buckets && sorted.length > 0; i++) {
      double candidate = sorted[(int) ((long) i * sorted.length / buckets)];
      double last = boundaries.isEmpty() ? sorted[0] : boundaries.get(boundaries.size() - 1);
      if (candidate > last) {
        boundaries.add(candidate);
      }
    }
    return boundaries;
  }
}
