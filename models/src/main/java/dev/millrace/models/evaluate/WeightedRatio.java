package dev.millrace.models.evaluate;

/** A sum over units divided by another, as every mean is. */
final class WeightedRatio implements Resampled {
  private final double[] numerators;
  private final double[] denominators;

  /** Takes the sums of each unit. */
  WeightedRatio(double[] numerators, double[] denominators) {
    this.numerators = numerators;
    this.denominators = denominators;
  }

  @Override
  public double measure(byte[] weights) {
    double numerator = 0;
    double denominator = 0;
    for (int unit = 0; unit < weights.length; unit++) {
      numerator += weights[unit] * numerators[unit];
      denominator += weights[unit] * denominators[unit];
    }
    return numerator / denominator;
  }
}
