package dev.millrace.models.examples;

import java.io.Closeable;
import java.io.IOException;

/** One pass over a source of examples. */
public interface ExampleReader extends Closeable {
  /**
   * Appends up to {@code limit} examples.
   *
   * @return how many were appended; 0 only at the end
   */
  int read(ExampleBuffer into, int limit) throws IOException;
}
