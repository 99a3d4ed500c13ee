package dev.millrace.models.examples;

import java.io.IOException;
import java.nio.file.Path;

/** An example file that cannot be used; the message is one line: file, rule, value found. */
public final class ExampleException extends IOException {
  private static final long serialVersionUID = 1L;

  ExampleException(Path file, String rule, Object found) {
    super(file + ": " + rule + ", found " + found);
  }
}
