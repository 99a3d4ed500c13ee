package dev.millrace.models.train;

/**
 * How OptFS searches for the feature values that matter (Lyu et al., "Optimizing Feature Set for
 * Click-Through Rate Prediction", WWW 2023, section 3).
 *
 * @param epochs of the search (T of the paper), at least 2
 * @param rewind epoch of the search, from 0, at whose start the weights are that the retraining
 *     begins with; below {@code epochs}
 * @param finalTemperature of the gates in the last epoch (gamma of the paper), at least 1
 * @param penalty on each open gate (lambda of the paper), not negative
 */
public record OptFsConfig(int epochs, int rewind, double finalTemperature, double penalty) {
  public OptFsConfig {
    if (epochs < 2) {
      throw new IllegalArgumentException("optfs.epochs must be >= 2, found " + epochs);
    }
    if (rewind < 0 || rewind >= epochs) {
      throw new IllegalArgumentException(
          "optfs.rewind must be in 0..%d, found %d".formatted(epochs - 1, rewind));
    }
    if (!(finalTemperature >= 1 && Double.isFinite(finalTemperature))) {
      throw new IllegalArgumentException(
          "optfs.finalTemperature must be >= 1 and finite, found " + finalTemperature);
    }
    if (!(penalty >= 0 && Double.isFinite(penalty))) {
      throw new IllegalArgumentException("optfs.penalty must be >= 0 and finite, found " + penalty);
    }
  }

  /**
   * The temperature of an epoch: {@code gamma^(t / (T - 1))}, which is 1 in the first.
   *
   * @param epoch t of the paper, from 0
   */
  double temperature(int epoch) {
    return Math.pow(finalTemperature, (double) epoch / (epochs - 1));
  }
}
