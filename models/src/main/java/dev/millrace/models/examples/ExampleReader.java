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

  /**
   * Goes to a place in the order of this reader, so that an interrupted epoch can go on there.
   *
   * @param example number of the next example to be read, in [0, count]; count is the end
   * @throws IndexOutOfBoundsException for another place
   */
  void seek(long example) throws IOException;
}
