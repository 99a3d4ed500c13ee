package dev.millrace.models.train;

import dev.millrace.models.evaluate.BinaryMetrics;
import java.time.Duration;

/**
 * A finished training.
 *
 * @param network with the parameters of the best epoch
 * @param bestEpoch the epoch of the highest validation AUC, from 1; the last where there is no AUC
 * @param epochs passes made
 * @param samplesSeen examples trained on, repeated ones counted again
 * @param elapsed wall-clock time, validation included
 * @param validation metrics of the best epoch
 */
public record TrainingResult(
    TrainedNetwork network,
    int bestEpoch,
    int epochs,
    long samplesSeen,
    Duration elapsed,
    BinaryMetrics validation) {
  /** This training with the same function written in another way. */
  TrainingResult withNetwork(TrainedNetwork other) {
    return new TrainingResult(other, bestEpoch, epochs, samplesSeen, elapsed, validation);
  }
}
