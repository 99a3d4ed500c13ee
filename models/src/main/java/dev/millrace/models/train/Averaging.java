package dev.millrace.models.train;

/**
 * Averages of the parameters over the steps, which are validated and kept in place of the
 * parameters themselves: the steps go on from where they were, and their noise averages out (Polyak
 * and Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992; here with
 * exponentially falling weights).
 *
 * @param decay of an average in a step, in (0, 1): it reaches back over some {@code 1 / (1 -
 *     decay)} steps
 * @param interval steps from one update to the next, at least 1: each reads all parameters
 */
public record Averaging(double decay, int interval) {
  /** An average that reaches back over a thousand steps does not need each of them. */
  private static final int USUAL_INTERVAL = 8;

  /** Before the decay, the average is over a growing share of all steps. */
  private static final int WARM_UP = 10;

  public Averaging {
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException("averaging.decay must be between 0 and 1, found " + decay);
    }
    if (interval < 1) {
      throw new IllegalArgumentException("averaging.interval must be >= 1, found " + interval);
    }
  }

  /** Averages that are updated every 8 steps. */
  public static Averaging of(double decay) {
    return new Averaging(decay, USUAL_INTERVAL);
  }

  /**
   * What the average keeps of itself in an update.
   *
   * @param updates made before
   */
  double kept(long updates) {
    return Math.min(Math.pow(decay, interval), (1.0 + updates) / (WARM_UP + updates));
  }
}
