package dev.millrace.models.calibrate;

import java.util.Locale;

/** How a calibration is fitted; {@link #toString} is its name on the command line. */
public enum CalibrationMethod {
  /** Keeps the network's own probabilities. */
  NONE,
  /** Two parameters: for small validation sets. */
  PLATT,
  /** Any rising curve: for thousands of clicks. */
  ISOTONIC;

  /**
   * Fits a calibration on examples that the network was not trained on.
   *
   * @param logits of the network, finite, not all equal
   * @param labels 0 or 1, both of them, as many as logits
   * @throws IllegalArgumentException when the values break their rule, or the logits do not rise
   *     with the labels
   */
  public Calibration fit(float[] logits, float[] labels) {
    return switch (this) {
      case NONE -> Calibration.NONE;
      case PLATT -> new PlattFitter(LogitCounts.of(logits, labels)).fit();
      case ISOTONIC -> IsotonicFitter.fit(LogitCounts.of(logits, labels));
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
