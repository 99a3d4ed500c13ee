package dev.millrace.models.calibrate;

import java.util.Arrays;

/**
 * Bounds how steep a calibration is. A logit in float32 differs between the training engine and
 * ONNX Runtime by about 1e-6, and the slope multiplies that: at {@value #MOST} the probabilities
 * stay within the 1e-5 in which a bundle must score as its network. The sigmoid's slope is 0.25 at
 * most, so the bound is felt only where logits lie much closer together than click rates do.
 */
final class SlopeBound {
  /** Probability per logit. */
  static final double MOST = 4;

  private static final int MOST_ROUNDS = 1_000;
  private static final double TOLERANCE = 1e-9;

  private final double[] logits;
  private final double[] weights;

  /**
   * @param logits ascending
   * @param weights above 0, as many
   */
  SlopeBound(double[] logits, double[] weights) {
    this.logits = logits;
    this.weights = weights;
  }

  /**
   * The rising rates within the bound that are nearest, by weighted squares: the projection on what
   * rises and on what rises no faster, in turns (Boyle and Dykstra, "A Method for Finding
   * Projections onto the Intersection of Convex Sets in Hilbert Spaces", 1986).
   *
   * @param rates not falling
   */
  double[] nearest(double[] rates) {
    double[] nearest = rates.clone();
    if (isWithin(nearest)) {
      return nearest;
    }
    double[] fromRising = new double[rates.length];
    double[] fromFlat = new double[rates.length];
    double moved = Double.POSITIVE_INFINITY;
    for (int round = 0; round < MOST_ROUNDS && moved > TOLERANCE; round++) {
      double[] rising = sum(nearest, fromRising);
      fromRising = rising.clone();
      pool(rising);
      subtract(fromRising, rising);

      double[] flat = sum(rising, fromFlat);
      fromFlat = flat.clone();
      reflect(flat);
      pool(flat);
      reflect(flat);
      subtract(fromFlat, flat);

      moved = distance(nearest, flat);
      nearest = flat;
    }
    return clipped(nearest);
  }

  private boolean isWithin(double[] rates) {
    for (int i = 1; i < rates.length; i++) {
      if (rates[i] - rates[i - 1] > MOST * (logits[i] - logits[i - 1])) {
        return false;
      }
    }
    return true;
  }

  /** What rises no faster than the bound becomes what rises, and back. */
  private void reflect(double[] rates) {
    for (int i = 0; i < rates.length; i++) {
      rates[i] = MOST * logits[i] - rates[i];
    }
  }

  /** The nearest values that do not fall: pools adjacent violators. */
  private void pool(double[] values) {
    int[] starts = new int[values.length + 1];
    double[] means = new double[values.length];
    double[] masses = new double[values.length];
    int blocks = 0;
    for (int i = 0; i < values.length; i++) {
      double mean = values[i];
      double mass = weights[i];
      int start = i;
      while (blocks > 0 && means[blocks - 1] >= mean) {
        blocks--;
        double together = mass + masses[blocks];
        mean = (mean * mass + means[blocks] * masses[blocks]) / together;
        mass = together;
        start = starts[blocks];
      }
      starts[blocks] = start;
      means[blocks] = mean;
      masses[blocks] = mass;
      blocks++;
    }
    starts[blocks] = values.length;
    for (int block = 0; block < blocks; block++) {
      Arrays.fill(values, starts[block], starts[block + 1], means[block]);
    }
  }

  /** The rounds end near the bound; this ends within. */
  private double[] clipped(double[] rates) {
    double[] clipped = rates.clone();
    for (int i = 1; i < rates.length; i++) {
      double rise = rates[i] - rates[i - 1];
      double most = MOST * (logits[i] - logits[i - 1]);
      clipped[i] = clipped[i - 1] + Math.min(Math.max(rise, 0), most);
    }
    return clipped;
  }

  private static double[] sum(double[] one, double[] two) {
    double[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += two[i];
    }
    return sum;
  }

  private static void subtract(double[] from, double[] values) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= values[i];
    }
  }

  private static double distance(double[] one, double[] two) {
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - two[i]));
    }
    return largest;
  }
}
