package dev.millrace.features.simulation;

import java.util.SplittableRandom;

/** Draws of effects on the logit, centred and scaled so that every seed gives the same spread. */
final class Effects {
  private Effects() {}

  /** Values with mean 0 and the given standard deviation over the array; one value alone is 0. */
  static double[] normal(SplittableRandom random, int count, double standardDeviation) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = gaussian(random);
    }
    double mean = 0;
    for (double value : values) {
      mean += value / count;
    }
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean) / count;
    }
    double scale = variance > 0 ? standardDeviation / Math.sqrt(variance) : 0;
    for (int i = 0; i < count; i++) {
      values[i] = (values[i] - mean) * scale;
    }
    return values;
  }

  /** Standard normal by Box and Muller; StrictMath, so that every platform draws the same. */
  static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }
}
