package dev.millrace.models.evaluate;

import java.util.OptionalDouble;

/**
 * Quality of click probabilities against labels.
 *
 * <p>A metric that the examples do not define is empty, never NaN: AUC needs both classes, its
 * standard error two examples of each, log loss an example, calibration a click.
 *
 * @param rows examples
 * @param positives examples with label 1
 * @param auc area under the ROC curve, in [0, 1]: the probability that a click scores above a
 *     non-click, ties counting half; exact
 * @param aucStandardError of the AUC (DeLong, DeLong and Clarke-Pearson, 1988)
 * @param logLoss mean negative log likelihood (nats), with probabilities clipped to {@code
 *     [LOG_LOSS_EPSILON, 1 - LOG_LOSS_EPSILON]}
 * @param calibration mean prediction over mean label; 1 is calibrated, above 1 overconfident
 */
public record BinaryMetrics(
    long rows,
    long positives,
    OptionalDouble auc,
    OptionalDouble aucStandardError,
    OptionalDouble logLoss,
    OptionalDouble calibration) {
  /** Just above the distance of 1 to the next smaller float. */
  public static final double LOG_LOSS_EPSILON = 1e-7;

  /**
   * Measures predictions.
   *
   * @param probabilities in [0, 1]
   * @param labels 0 or 1, as many as probabilities
   * @throws IllegalArgumentException when a value breaks its rule
   */
  public static BinaryMetrics of(float[] probabilities, float[] labels) {
    if (probabilities.length != labels.length) {
      throw new IllegalArgumentException(
          "labels must be %d long, found %d".formatted(probabilities.length, labels.length));
    }
    double lossSum = 0;
    double predictionSum = 0;
    long positives = 0;
    for (int i = 0; i < labels.length; i++) {
      requireValid(i, probabilities[i], labels[i]);
      double clipped = Math.min(Math.max(probabilities[i], LOG_LOSS_EPSILON), 1 - LOG_LOSS_EPSILON);
      lossSum -= labels[i] == 1 ? Math.log(clipped) : Math.log1p(-clipped);
      predictionSum += probabilities[i];
      positives += (long) labels[i];
    }
    RocCurve curve = RocCurve.of(probabilities, labels);
    return new BinaryMetrics(
        labels.length,
        positives,
        curve.area(),
        curve.standardError(),
        labels.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(lossSum / labels.length),
        positives == 0 ? OptionalDouble.empty() : OptionalDouble.of(predictionSum / positives));
  }

  private static void requireValid(int index, float probability, float label) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probabilities[%d] must be in [0, 1], found %s".formatted(index, probability));
    }
    if (label != 0 && label != 1) {
      throw new IllegalArgumentException(
          "labels[%d] must be 0 or 1, found %s".formatted(index, label));
    }
  }
}
