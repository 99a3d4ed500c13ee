package dev.millrace.models.onnx;

import dev.millrace.models.calibrate.Calibration;
import java.util.Objects;

/**
 * How a network is exported.
 *
 * @param precision of the stored embedding tables
 * @param externalTables whether the tables lie in a file beside the graph, which sessions share;
 *     needed where the graph would have more than 2 GiB
 * @param calibration what makes the probability of the logit
 */
public record OnnxOptions(
    TablePrecision precision, boolean externalTables, Calibration calibration) {
  /** Float32 inside of the graph, the network's own probabilities. */
  public static final OnnxOptions DEFAULT =
      new OnnxOptions(TablePrecision.FLOAT32, false, Calibration.NONE);

  public OnnxOptions {
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(calibration, "calibration");
  }
}
