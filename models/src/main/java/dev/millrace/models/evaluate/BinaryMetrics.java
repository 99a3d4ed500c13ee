package dev.millrace.models.evaluate;

import java.util.OptionalDouble;

/**
 * Quality of click probabilities against labels.
 *
 * <p>A metric that the examples do not define is empty, never NaN: AUC needs both classes, its
 * standard error two examples of each, log loss and Brier score an example, calibration a click.
 *
 * @param rows examples
 * @param positives examples with label 1
 * @param auc area under the ROC curve, in [0, 1]: the probability that a click scores above a
 *     non-click, ties counting half; exact
 * @param aucStandardError of the AUC (DeLong, DeLong and Clarke-Pearson, 1988), for independent
 *     examples
 * @param logLoss mean negative log likelihood (nats), with probabilities clipped to {@code
 *     [LOG_LOSS_EPSILON, 1 - LOG_LOSS_EPSILON]}
 * @param brier mean squared difference of probability and label (Brier, 1950), in [0, 1]
 * @param calibration mean prediction over mean label; 1 is calibrated, above 1 overconfident
 */
public record BinaryMetrics(
    long rows,
    long positives,
    OptionalDouble auc,
    OptionalDouble aucStandardError,
    OptionalDouble logLoss,
    OptionalDouble brier,
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
    return of(ScoreOrder.of(Scores.of(probabilities, labels)));
  }

  static BinaryMetrics of(ScoreOrder order) {
    Scores scores = order.scores();
    double lossSum = 0;
    double squareSum = 0;
    double predictionSum = 0;
    long positives = 0;
    for (int row = 0; row < scores.size(); row++) {
      float probability = scores.probability(row);
      lossSum += logLoss(probability, scores.click(row));
      squareSum += squaredError(probability, scores.click(row));
      predictionSum += probability;
      positives += scores.click(row);
    }
    RocCurve curve = RocCurve.of(order);
    return new BinaryMetrics(
        scores.size(),
        positives,
        curve.area(),
        curve.standardError(),
        ratio(lossSum, scores.size()),
        ratio(squareSum, scores.size()),
        ratio(predictionSum, positives));
  }

  /** Negative log likelihood of a label (nats). */
  static double logLoss(float probability, int click) {
    double clipped = Math.min(Math.max(probability, LOG_LOSS_EPSILON), 1 - LOG_LOSS_EPSILON);
    return click == 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
  }

  static double squaredError(float probability, int click) {
    double error = (double) probability - click;
    return error * error;
  }

  private static OptionalDouble ratio(double sum, long count) {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }
}
