package dev.millrace.models.train;

/** What the loss pays for a value of a parameter, by its derivative. */
@FunctionalInterface
interface Penalty {
  Penalty NONE = value -> 0;

  /** Derivative of the penalty of one value. */
  double gradient(float value);

  /** {@code (coefficient / 2) * value^2}. */
  static Penalty l2(double coefficient) {
    return coefficient == 0 ? NONE : value -> coefficient * value;
  }

  /**
   * {@code coefficient * sigmoid(temperature * value)}, what OptFS pays for an open gate (Lyu et
   * al., WWW 2023, section 3).
   */
  static Penalty gate(double coefficient, double temperature) {
    return value -> {
      double open = 1 / (1 + Math.exp(-temperature * value));
      return coefficient * temperature * open * (1 - open);
    };
  }

  /** Adds the penalty of {@code values[from...]} to their gradients. */
  default void addTo(float[] gradient, float[] values, int from) {
    if (this != NONE) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += (float) gradient(values[from + i]);
      }
    }
  }
}
