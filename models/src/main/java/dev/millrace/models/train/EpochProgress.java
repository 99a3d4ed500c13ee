package dev.millrace.models.train;

import dev.millrace.models.evaluate.BinaryMetrics;
import java.util.Optional;

/** Speed and loss of one epoch. */
final class EpochProgress {
  private static final double NANOS_PER_SECOND = 1e9;

  private final int epoch;
  private final long start = System.nanoTime();
  private long end = start;
  private long samples;
  private double lossSum;

  EpochProgress(int epoch) {
    this.epoch = epoch;
  }

  /**
   * Counts a batch.
   *
   * @throws IllegalStateException when the loss is not a number: the parameters are lost then
   */
  void add(int batchSize, double meanLoss) {
    if (!Double.isFinite(meanLoss)) {
      throw new IllegalStateException(
          "loss must be finite, found %s in epoch %d after %d samples"
              .formatted(meanLoss, epoch, samples));
    }
    samples += batchSize;
    lossSum += meanLoss * batchSize;
    end = System.nanoTime();
  }

  TrainingProgress toProgress(long samplesSeen, Optional<BinaryMetrics> validation) {
    double seconds = Math.max(1, end - start) / NANOS_PER_SECOND;
    return new TrainingProgress(
        epoch, samplesSeen, samples / seconds, lossSum / samples, validation);
  }
}
