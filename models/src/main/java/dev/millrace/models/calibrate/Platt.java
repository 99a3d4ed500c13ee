package dev.millrace.models.calibrate;

import dev.millrace.models.network.TensorOps;
import java.util.Map;

/**
 * Platt scaling: {@code sigmoid(slope * logit + offset)} (Platt, "Probabilistic Outputs for Support
 * Vector Machines", 1999). AUC is unchanged.
 *
 * @param slope above 0; 1 keeps the network's confidence, less lowers it
 * @param offset in logits
 */
public record Platt(float slope, float offset) implements Calibration {
  static final String METHOD = "platt";
  static final String SLOPE = "slope";
  static final String OFFSET = "offset";

  /**
   * @throws IllegalArgumentException when a component breaks its rule
   */
  public Platt {
    if (!(slope > 0 && Float.isFinite(slope))) {
      throw new IllegalArgumentException("slope must be finite and > 0, found " + slope);
    }
    if (!Float.isFinite(offset)) {
      throw new IllegalArgumentException("offset must be finite, found " + offset);
    }
  }

  @Override
  public <T> T probability(TensorOps<T> ops, T logit) {
    T offsets = ops.constant(new float[] {offset}, 1, 1);
    return ops.sigmoid(ops.add(ops.scale(logit, slope), offsets));
  }

  @Override
  public float apply(float logit) {
    return (float) sigmoid((double) slope * logit + offset);
  }

  @Override
  public Map<String, String> configuration() {
    return Map.of(
        CalibrationReader.METHOD,
        METHOD,
        SLOPE,
        Float.toString(slope),
        OFFSET,
        Float.toString(offset));
  }

  static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
