package dev.millrace.models.train;

/**
 * The coefficients of one step of Adam (Kingma and Ba, 2015, algorithm 1):
 *
 * <pre>
 * m = beta1 * m + newFirst * g
 * v = beta2 * v + newSecond * g * g
 * w = w - rate * m / (rootCorrection * sqrt(v) + epsilon)
 * </pre>
 *
 * @param newFirst {@code 1 - beta1}
 * @param newSecond {@code 1 - beta2}, rounded once: 1 less a rounded beta2 is 5e-5 off
 * @param rate {@code alpha / (1 - beta1^t)}: the learning rate with the first moment's correction
 * @param rootCorrection {@code 1 / sqrt(1 - beta2^t)}: that of the root of the second moment
 */
record AdamStep(
    float beta1,
    float newFirst,
    float beta2,
    float newSecond,
    float rate,
    float rootCorrection,
    float epsilon) {
  /**
   * Step {@code t} of a training.
   *
   * @param t from 1
   * @param learningRate of this step, in place of the configured one
   */
  static AdamStep of(AdamConfig config, double learningRate, long t) {
    return new AdamStep(
        (float) config.beta1(),
        (float) (1 - config.beta1()),
        (float) config.beta2(),
        (float) (1 - config.beta2()),
        (float) (learningRate / (1 - Math.pow(config.beta1(), (double) t))),
        (float) (1 / Math.sqrt(1 - Math.pow(config.beta2(), (double) t))),
        (float) config.epsilon());
  }
}
