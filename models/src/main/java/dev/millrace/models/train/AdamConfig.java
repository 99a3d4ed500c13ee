package dev.millrace.models.train;

/**
 * Settings of Adam (Kingma and Ba, 2015, algorithm 1).
 *
 * @param learningRate alpha of the paper, positive
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the corrected second moment, positive
 */
public record AdamConfig(double learningRate, double beta1, double beta2, double epsilon) {
  /** The defaults of the paper, with which AutoInt was published too. */
  public static final AdamConfig DEFAULT = new AdamConfig(1e-3, 0.9, 0.999, 1e-8);

  public AdamConfig {
    requirePositive("learningRate", learningRate);
    requireDecay("beta1", beta1);
    requireDecay("beta2", beta2);
    requirePositive("epsilon", epsilon);
  }

  /** These settings with another learning rate. */
  public AdamConfig withLearningRate(double rate) {
    return new AdamConfig(rate, beta1, beta2, epsilon);
  }

  private static void requirePositive(String key, double found) {
    if (!(found > 0 && Double.isFinite(found))) {
      throw new IllegalArgumentException(key + " must be > 0 and finite, found " + found);
    }
  }

  private static void requireDecay(String key, double found) {
    if (!(found >= 0 && found < 1)) {
      throw new IllegalArgumentException(key + " must be in [0, 1), found " + found);
    }
  }
}
