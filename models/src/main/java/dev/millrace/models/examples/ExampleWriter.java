package dev.millrace.models.examples;

import java.io.Closeable;
import java.io.IOException;

/** Takes encoded examples one by one into an example file. */
public interface ExampleWriter extends Closeable {
  /**
   * Adds an example.
   *
   * @param rows row of each lookup, in [0, tableRows)
   * @param weights weight of each lookup, finite; not read by a writer without weights
   * @param label 1 for a click, 0 for none
   * @throws IllegalArgumentException when a value breaks its rule
   */
  void add(int[] rows, float[] weights, boolean label) throws IOException;

  /**
   * Completes the file and closes the writer. Closed without it, a writer leaves no file behind.
   *
   * @return the file, with all examples
   */
  ExampleFile finish() throws IOException;
}
