package dev.millrace.models.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a training keeps what it needs to go on after it was killed, and how often it writes that.
 *
 * <p>A checkpoint is written at the end of each epoch too. Writing replaces the file in one move: a
 * kill leaves the old checkpoint or the new one. A finished training leaves its last checkpoint,
 * from which the same training ends at once with the same result; whoever has saved the result
 * deletes the file. Only the same training takes a checkpoint: examples are told apart by their
 * number and checksum, for which they are read once before the first step.
 *
 * @param file of the checkpoint; its folder is there
 * @param steps between checkpoints within an epoch, at least 1
 * @param interval least wall-clock time between checkpoints within an epoch, not negative
 */
public record Checkpointing(Path file, int steps, Duration interval) {
  private static final int DEFAULT_STEPS = 2_000;
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(60);

  public Checkpointing {
    Objects.requireNonNull(file, "file");
    if (steps < 1) {
      throw new IllegalArgumentException("checkpoint.steps must be >= 1, found " + steps);
    }
    if (interval.isNegative()) {
      throw new IllegalArgumentException("checkpoint.interval must be >= 0, found " + interval);
    }
  }

  /** Every 2,000 steps, but once a minute at most. */
  public static Checkpointing in(Path file) {
    return new Checkpointing(file, DEFAULT_STEPS, DEFAULT_INTERVAL);
  }

  /** The same for a part of this training, in a file beside. */
  Checkpointing beside(String suffix) {
    return new Checkpointing(file.resolveSibling(file.getFileName() + suffix), steps, interval);
  }
}
