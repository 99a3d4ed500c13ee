package dev.millrace.models.calibrate;

import dev.millrace.models.network.TensorOps;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Isotonic calibration: linear between knots, constant beyond the first and the last (Zadrozny and
 * Elkan, "Transforming Classifier Scores into Accurate Multiclass Probability Estimates", KDD
 * 2002). The order of rows stays, but logits between knots of one probability tie.
 *
 * @param knots in [2, {@value #MOST_KNOTS}], with ascending logits and probabilities that do not
 *     fall
 */
public record Isotonic(List<Knot> knots) implements Calibration {
  /** What a graph node of so many values a row costs is small against any network. */
  public static final int MOST_KNOTS = 256;

  static final String METHOD = "isotonic";
  static final String LOGITS = "logits";
  static final String PROBABILITIES = "probabilities";

  /** A logit and what it becomes. */
  public record Knot(float logit, float probability) {}

  /**
   * @throws IllegalArgumentException when the knots break their rule
   */
  public Isotonic {
    knots = List.copyOf(knots);
    if (knots.size() < 2 || knots.size() > MOST_KNOTS) {
      throw new IllegalArgumentException(
          "knots must be in [2, %d], found %d".formatted(MOST_KNOTS, knots.size()));
    }
    for (int i = 0; i < knots.size(); i++) {
      requireProbability(i, knots.get(i).probability());
      if (i > 0) {
        requireAscending(i, knots.get(i - 1), knots.get(i));
      }
    }
  }

  /**
   * The first probability and what each step between knots adds. Clipped to a share of its step, a
   * logit far off neither overflows nor cancels; the sum of rising steps is stable in float32.
   */
  @Override
  public <T> T probability(TensorOps<T> ops, T logit) {
    int steps = knots.size() - 1;
    float[] starts = new float[steps];
    float[] inverseWidths = new float[steps];
    float[] rises = new float[steps];
    for (int i = 0; i < steps; i++) {
      starts[i] = -knots.get(i).logit();
      inverseWidths[i] = 1 / width(i);
      rises[i] = knots.get(i + 1).probability() - knots.get(i).probability();
    }
    // The difference before the quotient: it is exact near the knot, however steep the step.
    T distances = ops.add(logit, ops.constant(starts, 1, steps));
    T shares = ops.clip(ops.mul(distances, ops.constant(inverseWidths, 1, steps)), 0, 1);
    T risen = ops.matmul(shares, ops.constant(rises, steps, 1));
    return ops.add(risen, ops.constant(new float[] {knots.get(0).probability()}, 1, 1));
  }

  @Override
  public float apply(float logit) {
    double probability = knots.get(0).probability();
    for (int i = 0; i < knots.size() - 1; i++) {
      double share = (logit - knots.get(i).logit()) / (double) width(i);
      double rise = (double) knots.get(i + 1).probability() - knots.get(i).probability();
      probability += rise * Math.min(Math.max(share, 0), 1);
    }
    return (float) probability;
  }

  @Override
  public Map<String, String> configuration() {
    StringJoiner logits = new StringJoiner(",");
    StringJoiner probabilities = new StringJoiner(",");
    for (Knot knot : knots) {
      logits.add(Float.toString(knot.logit()));
      probabilities.add(Float.toString(knot.probability()));
    }
    return Map.of(
        CalibrationReader.METHOD,
        METHOD,
        LOGITS,
        logits.toString(),
        PROBABILITIES,
        probabilities.toString());
  }

  private float width(int step) {
    return knots.get(step + 1).logit() - knots.get(step).logit();
  }

  private static void requireProbability(int index, float found) {
    if (!(found > 0 && found < 1)) {
      throw new IllegalArgumentException(
          "knots[%d].probability must be in (0, 1), found %s".formatted(index, found));
    }
  }

  private static void requireAscending(int index, Knot before, Knot knot) {
    // A narrower step's inverse would be infinite, a wider one's width.
    float width = knot.logit() - before.logit();
    if (!(width >= Float.MIN_NORMAL && Float.isFinite(width))) {
      throw new IllegalArgumentException(
          "knots[%d].logit must be finite and > %s, found %s"
              .formatted(index, before.logit(), knot.logit()));
    }
    if (!(knot.probability() >= before.probability())) {
      throw new IllegalArgumentException(
          "knots[%d].probability must be >= %s, found %s"
              .formatted(index, before.probability(), knot.probability()));
    }
  }
}
