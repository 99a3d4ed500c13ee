package dev.millrace.models.train;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the checkpoints of a training and brings it back to the last one. */
final class Checkpointer {
  private final Optional<Checkpointing> settings;
  private final Map<String, String> identity;
  private final List<TrainingState.Part> parts;
  private long lastNanos = System.nanoTime();

  /**
   * @param identity of the training: only its own checkpoint is taken
   * @param parts that make up its state
   */
  Checkpointer(
      Optional<Checkpointing> settings,
      Map<String, String> identity,
      List<TrainingState.Part> parts) {
    this.settings = settings;
    this.identity = identity;
    this.parts = List.copyOf(parts);
  }

  /** Restores every part from the file, where there is one. */
  void restore() throws IOException {
    if (settings.isPresent() && Files.exists(settings.get().file())) {
      TrainingState state = CheckpointFile.read(settings.get().file(), identity);
      parts.forEach(part -> part.restore(state));
    }
  }

  /**
   * Writes a checkpoint if it is time.
   *
   * @param steps taken so far
   */
  void afterStep(long steps) throws IOException {
    if (settings.isPresent()
        && steps % settings.get().steps() == 0
        && System.nanoTime() - lastNanos >= settings.get().interval().toNanos()) {
      write();
    }
  }

  /** Writes a checkpoint, if they are wanted. */
  void write() throws IOException {
    if (settings.isPresent()) {
      TrainingState state = new TrainingState();
      parts.forEach(part -> part.save(state));
      CheckpointFile.write(settings.get().file(), identity, state);
      lastNanos = System.nanoTime();
    }
  }
}
