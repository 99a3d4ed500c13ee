package dev.millrace.features.ranking;

import java.util.HashMap;
import java.util.Map;

/**
 * The error of a score that was estimated from a sample of a field's values, each of which stands
 * for so many (Horvitz and Thompson 1952): a value of weight w that adds c to the sum adds {@code w
 * (w - 1) c^2} to its variance. What a value adds is its divergence less the expectation of it,
 * less its rows' part of the score, since the number of rows is estimated from the same sample.
 */
public final class ValueSampling {
  private ValueSampling() {}

  /**
   * The relevance with its standard error widened.
   *
   * @param relevance of the estimated profile
   * @param estimated profile in which each value counts by its weight
   * @param byWeight profiles of the values of one weight, each value once
   */
  public static Relevance widen(
      Relevance relevance, CountProfile estimated, Map<Long, CountProfile> byWeight) {
    double variance = 0;
    long[] labels = estimated.labelTotals();
    double rows = estimated.rows();
    Map<Long, Double> expected = new HashMap<>();
    for (Map.Entry<Long, CountProfile> entry : byWeight.entrySet()) {
      double weight = entry.getKey();
      CountProfile profile = entry.getValue();
      for (int i = 0; i < profile.size() && weight > 1; i++) {
        long total = profile.total(i);
        double added =
            divergence(profile, i, labels, rows)
                - expected.computeIfAbsent(total, key -> expectation(key, labels, rows))
                - relevance.score() * total;
        variance += weight * (weight - 1) * profile.multiplicity(i) * added * added;
      }
    }
    return new Relevance(
        relevance.score(),
        relevance.mutualInformationNats(),
        relevance.noiseNats(),
        Math.hypot(relevance.standardError(), Math.sqrt(variance) / rows),
        relevance.nullDeviation(),
        relevance.pValue(),
        relevance.adjusted());
  }

  private static double divergence(CountProfile profile, int i, long[] labels, double rows) {
    double sum = 0;
    for (int label = 0; label < labels.length; label++) {
      double mean = profile.total(i) * (labels[label] / rows);
      sum += mean == 0 ? 0 : Divergence.term((double) profile.count(i, label), mean);
    }
    return sum;
  }

  private static double expectation(long total, long[] labels, double rows) {
    double sum = 0;
    for (long label : labels) {
      sum += label == 0 ? 0 : CellLaw.ofCell(total, label, (long) rows).mean();
    }
    return sum;
  }
}
