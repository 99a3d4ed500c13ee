package dev.millrace.models.train;

import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleReader;
import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.network.RowMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Everything that decides what a training gives, by name: two trainings of the same identity may
 * share a checkpoint. Device and threads are not part of it.
 */
final class TrainingIdentity {
  private static final int CHUNK = 4_096;

  private final Map<String, String> entries = new LinkedHashMap<>();

  TrainingIdentity(Network network, EmbeddingLayout layout, TrainingConfig config) {
    entries.put("network", network.name());
    new TreeMap<>(network.configuration())
        .forEach((option, value) -> entries.put("network." + option, value));
    entries.put("layout.tableRows", Integer.toString(layout.tableRows()));
    entries.put("layout.dim", Integer.toString(layout.dim()));
    entries.put("layout.lookups", Integer.toString(layout.lookups()));
    entries.put("layout.segments", Integer.toHexString(layout.segments().hashCode()));
    entries.put("layout.weighted", Boolean.toString(layout.weighted()));
    entries.put("layout.cut", layout.cut().map(TrainingIdentity::describe).orElse("none"));
    entries.put("adam", config.optimisation().adam().toString());
    entries.put("schedule", config.optimisation().schedule().toString());
    entries.put("rowUpdates", config.optimisation().rowUpdates().name());
    entries.put(
        "averaging", config.optimisation().averaging().map(Averaging::toString).orElse("none"));
    entries.put("loss", config.loss().toString());
    entries.put("passes", config.passes().toString());
    entries.put("seed", Long.toString(config.seed()));
  }

  private static String describe(RowMap cut) {
    return "%s, hash %08x".formatted(cut, cut.hashCode());
  }

  TrainingIdentity with(String key, String value) {
    entries.put(key, value);
    return this;
  }

  /** Adds the parameters that the training starts from, by checksum: not all come from the seed. */
  TrainingIdentity with(Parameters start) {
    CRC32C checksum = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
    for (String name : new TreeSet<>(start.names())) {
      checksum.update(name.getBytes(StandardCharsets.UTF_8));
      float[] values = start.values(name);
      int count;
      // In steps of what is left: the largest table ends less than a chunk before int does.
      for (int from = 0; from < values.length; from += count) {
        count = Math.min(CHUNK, values.length - from);
        chunk.clear().asFloatBuffer().put(values, from, count);
        checksum.update(chunk.limit(count * Float.BYTES));
      }
    }
    return with("start", "checksum %08x".formatted(checksum.getValue()));
  }

  /** Adds examples by number and checksum; reads them once. */
  TrainingIdentity with(TrainingExamples examples) throws IOException {
    return with("training", examples.training()).with("validation", examples.validation());
  }

  private TrainingIdentity with(String key, ExampleSource examples) throws IOException {
    CRC32C checksum = new CRC32C();
    ExampleBuffer chunk = new ExampleBuffer(examples.lookups());
    try (ExampleReader reader = examples.open()) {
      while (fill(chunk, reader)) {
        update(checksum, chunk);
        chunk.clear();
      }
    }
    return with(key, "%d examples, checksum %08x".formatted(examples.count(), checksum.getValue()));
  }

  /** Reads as much as fits: the checksum must not depend on how a reader portions examples. */
  private static boolean fill(ExampleBuffer chunk, ExampleReader reader) throws IOException {
    int read;
    do {
      read = reader.read(chunk, CHUNK - chunk.size());
    } while (read > 0 && chunk.size() < CHUNK);
    return chunk.size() > 0;
  }

  private static void update(CRC32C checksum, ExampleBuffer chunk) {
    int values = chunk.size() * (2 * chunk.lookups() + 1);
    ByteBuffer bytes = ByteBuffer.allocate(values * Float.BYTES);
    int rows = chunk.rows().remaining();
    bytes.asIntBuffer().put(chunk.rows());
    bytes.position(rows * Integer.BYTES);
    bytes.asFloatBuffer().put(chunk.weights()).put(chunk.labels());
    checksum.update(bytes.rewind());
  }

  Map<String, String> entries() {
    return entries;
  }
}
