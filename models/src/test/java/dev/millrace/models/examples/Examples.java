package dev.millrace.models.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Examples written into a test: the only row of each is its number. */
final class Examples {
  private Examples() {}

  static ExampleBuffer numbered(int size) {
    ExampleBuffer buffer = new ExampleBuffer(1);
    for (int i = 0; i < size; i++) {
      buffer.add(new int[] {i}, new float[] {1}, 0);
    }
    return buffer;
  }

  /** First row of each of the remaining examples, read in pieces of at most {@code limit}. */
  static List<Integer> firstRows(ExampleReader reader, int limit) throws IOException {
    List<Integer> rows = new ArrayList<>();
    ExampleBuffer batch = new ExampleBuffer(1);
    try (reader) {
      while (reader.read(batch, limit) > 0) {
        if (batch.size() > limit) {
          throw new AssertionError("a read must give <= " + limit + ", found " + batch.size());
        }
        for (int i = 0; i < batch.size(); i++) {
          rows.add(batch.rows().get(i));
        }
        batch.clear();
      }
    }
    return rows;
  }
}
