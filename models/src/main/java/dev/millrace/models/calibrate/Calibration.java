package dev.millrace.models.calibrate;

import dev.millrace.models.network.TensorOps;
import java.util.Map;

/**
 * What turns the logit of a network into a probability. It never decreases, so the order of rows
 * stays but for ties. It is written in the tensor vocabulary, so that it is exported with the
 * network and what is served is what was fitted.
 */
public sealed interface Calibration permits Uncalibrated, Platt, Isotonic {
  /** The network's own probability, {@code sigmoid(logit)}. */
  Calibration NONE = new Uncalibrated();

  /**
   * Builds the calibration.
   *
   * @param logit {@code [batch, 1]}
   * @return probabilities, {@code [batch, 1]}
   */
  <T> T probability(TensorOps<T> ops, T logit);

  /** The probability of one logit, within 1e-6 of the exported one. */
  float apply(float logit);

  /** How, with its parameters: what {@link #of} reads. */
  Map<String, String> configuration();

  /**
   * Reads a configuration.
   *
   * @throws IllegalArgumentException when it is no calibration's
   */
  static Calibration of(Map<String, String> configuration) {
    return CalibrationReader.read(configuration);
  }
}
