package dev.millrace.jobs.training;

import java.io.IOException;
import java.nio.file.Path;

/** A work directory that another training has: one line that names it. */
public final class WorkInUseException extends IOException {
  private static final long serialVersionUID = 1;

  WorkInUseException(Path path) {
    super("a work directory must be of one training at a time, found another in " + path);
  }
}
