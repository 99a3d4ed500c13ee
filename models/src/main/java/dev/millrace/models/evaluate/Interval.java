package dev.millrace.models.evaluate;

import org.apache.commons.numbers.gamma.InverseErfc;

/** A confidence interval; its level is that of whoever computed it. */
public record Interval(double lower, double upper) {
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "lower must be <= upper, found %s and %s".formatted(lower, upper));
    }
  }

  /**
   * Interval of a click rate (Wilson, "Probable Inference, the Law of Succession, and Statistical
   * Inference", 1927): within [0, 1] and sound for few clicks, too.
   *
   * @param rows at least 1
   * @param confidence in (0, 1)
   */
  static Interval wilson(long clicks, long rows, double confidence) {
    double z = normalQuantile(confidence);
    double rate = (double) clicks / rows;
    double shrink = 1 + z * z / rows;
    double centre = (rate + z * z / (2.0 * rows)) / shrink;
    double half = z / shrink * Math.sqrt((rate * (1 - rate) + z * z / (4.0 * rows)) / rows);
    // Rounding must not push the ends of no clicks and of nothing but clicks past the rate.
    return new Interval(
        clicks == 0 ? 0 : Math.max(0, centre - half),
        clicks == rows ? 1 : Math.min(1, centre + half));
  }

  /** The z whose interval {@code [-z, z]} holds a share of the standard normal law. */
  static double normalQuantile(double share) {
    return Math.sqrt(2) * InverseErfc.value(1 - share);
  }
}
