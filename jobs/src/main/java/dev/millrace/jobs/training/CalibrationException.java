package dev.millrace.jobs.training;

import java.io.IOException;

/** A calibration that cannot be fitted to a trained network: one line that says why. */
public final class CalibrationException extends IOException {
  private static final long serialVersionUID = 1;

  CalibrationException(String message, Throwable cause) {
    super(message, cause);
  }
}
