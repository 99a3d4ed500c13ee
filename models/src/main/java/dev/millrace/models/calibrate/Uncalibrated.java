package dev.millrace.models.calibrate;

import dev.millrace.models.network.TensorOps;
import java.util.Map;

/** The network's own probability. */
record Uncalibrated() implements Calibration {
  static final String METHOD = "none";

  @Override
  public <T> T probability(TensorOps<T> ops, T logit) {
    return ops.sigmoid(logit);
  }

  @Override
  public float apply(float logit) {
    return (float) Platt.sigmoid(logit);
  }

  @Override
  public Map<String, String> configuration() {
    return Map.of(CalibrationReader.METHOD, METHOD);
  }
}
