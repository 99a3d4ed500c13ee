package dev.millrace.models.train;

import java.io.IOException;

/** A checkpoint that is refused: one line that says why. */
public final class CheckpointException extends IOException {
  private static final long serialVersionUID = 1;

  CheckpointException(String message) {
    super(message);
  }
}
