package dev.millrace.jobs.experiments;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * A column whose values are drawn whatever the label is.
 *
 * @param values how many there are to draw from, at least 2
 * @param distribution how often each is drawn
 */
record NoiseColumn(int values, Distribution distribution) {

  /** How often each value is drawn. */
  enum Distribution {
    UNIFORM,
    /** The r-th value in proportion to 1/r. */
    ZIPF
  }

  /**
   * @throws IllegalArgumentException with the rule and the value found
   */
  NoiseColumn {
    if (values < 2) {
      throw new IllegalArgumentException("noise must have >= 2 values, found " + values);
    }
  }

  String name() {
    return "noise_" + values + "_" + distribution.name().toLowerCase(Locale.ROOT);
  }

  /** Draws values, the same ones in the same order for the same seed. */
  IntSupplier draws(long seed) {
    SplittableRandom random = new SplittableRandom(31 * seed + name().hashCode());
    if (distribution == Distribution.UNIFORM) {
      return () -> random.nextInt(values);
    }
    double[] cumulative = new double[values];
    double sum = 0;
    for (int i = 0; i < values; i++) {
      sum += 1.0 / (i + 1);
      cumulative[i] = sum;
    }
    double total = sum;
    return () -> {
      int place = Arrays.binarySearch(cumulative, random.nextDouble() * total);
      return place >= 0 ? place : -place - 1;
    };
  }
}
