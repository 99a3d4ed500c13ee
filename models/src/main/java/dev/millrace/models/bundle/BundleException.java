package dev.millrace.models.bundle;

import java.io.IOException;

/** A bundle that is refused: one line that says why. */
public final class BundleException extends IOException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** What is wrong with a bundle. */
  public enum Reason {
    /** A file that the manifest lists, or the manifest itself, is not there. */
    MISSING,
    /** A file is not the one that the manifest was written for. */
    CHECKSUM,
    /** The model was trained for another feature catalogue. */
    FINGERPRINT,
    /** The model does not give the probabilities that it gave when it was trained. */
    PROBE,
    /** The manifest, the probe or the folder is not of the bundle format. */
    MALFORMED
  }

  public BundleException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public BundleException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
