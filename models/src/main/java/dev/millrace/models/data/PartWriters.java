package dev.millrace.models.data;

import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.models.examples.ExampleFile;
import dev.millrace.models.examples.ExampleShape;
import dev.millrace.models.examples.ExampleWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Encodes rows into the example files of their parts. */
final class PartWriters implements Closeable {
  private final RowEncoder encoder;
  private final int[] rows;
  private final float[] weights;
  private final Map<Part, ExampleWriter> writers = new EnumMap<>(Part.class);
  private final Map<Part, PartCounts> counts = new EnumMap<>(Part.class);

  /**
   * @param expected rows of training, roughly
   * @param seed of the order of training
   */
  PartWriters(PreparedFiles files, RowEncoder encoder, long expected, long seed)
      throws IOException {
    this.encoder = encoder;
    this.rows = new int[encoder.lookups()];
    this.weights = new float[encoder.lookups()];
    ExampleShape shape = ExampleShape.of(encoder);
    try {
      for (Part part : Part.values()) {
        counts.put(part, PartCounts.NONE);
        writers.put(
            part,
            part == Part.TRAINING
                ? ExampleFile.createShuffled(files.examples(part), shape, expected, seed)
                : ExampleFile.create(files.examples(part), shape));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  void add(Part part, Object[] values, boolean label) throws IOException {
    encoder.encode(values, rows, weights, 0);
    writers.get(part).add(rows, weights, label);
    counts.put(part, counts.get(part).plus(label));
  }

  Map<Part, PartCounts> counts() {
    return counts;
  }

  void finish() throws IOException {
    for (ExampleWriter writer : writers.values()) {
      writer.finish();
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (ExampleWriter writer : writers.values()) {
      try {
        writer.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
