package dev.millrace.features.ranking;

/**
 * The logistic regression of one label against the rest on one one-hot field, with an L2 penalty of
 * half the squared weights and none on the bias. At the optimum the weight of a value is what its
 * rows leave unexplained, {@code w = positives - rows sigma(bias + w)}, and the weights sum to 0.
 */
final class OneHotRegression {
  /** The largest bias looked for: a probability of 1e-13. */
  private static final double MAX_BIAS = 30;

  private static final double TOLERANCE = 1e-10;

  private final int labels;
  private final int label;
  private final double[] positives;
  private final double[] rows;

  OneHotRegression(long[] counts, int labels, int label) {
    this.labels = labels;
    this.label = label;
    this.positives = new double[counts.length / labels];
    this.rows = new double[positives.length];
    for (int i = 0; i < counts.length; i++) {
      rows[i / labels] += counts[i];
      positives[i / labels] += i % labels == label ? counts[i] : 0;
    }
  }

  /**
   * Writes the probability of the label for each value into its place in {@code [values, labels]}.
   */
  void predict(double[] probabilities) {
    double bias = bias();
    for (int value = 0; value < rows.length; value++) {
      probabilities[value * labels + label] = sigma(bias + weight(value, bias));
    }
  }

  /** Bisection: the sum of the weights falls as the bias grows. */
  private double bias() {
    double low = -MAX_BIAS;
    double high = MAX_BIAS;
    while (high - low > TOLERANCE) {
      double middle = (low + high) / 2;
      double sum = 0;
      for (int value = 0; value < rows.length; value++) {
        sum += weight(value, middle);
      }
      if (sum > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** Newton's method, kept inside the bracket that holds the root of an increasing function. */
  private double weight(int value, double bias) {
    double low = positives[value] - rows[value];
    double high = positives[value];
    double weight = Math.min(high, Math.max(low, 0));
    while (high - low > TOLERANCE) {
      double probability = sigma(bias + weight);
      double excess = weight - positives[value] + rows[value] * probability;
      if (excess > 0) {
        high = weight;
      } else {
        low = weight;
      }
      double step = excess / (1 + rows[value] * probability * (1 - probability));
      if (Math.abs(step) < TOLERANCE) {
        return weight - step;
      }
      double next = weight - step;
      weight = next > low && next < high ? next : (low + high) / 2;
    }
    return weight;
  }

  private static double sigma(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
