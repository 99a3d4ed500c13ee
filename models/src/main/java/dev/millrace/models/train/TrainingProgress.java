package dev.millrace.models.train;

import dev.millrace.models.evaluate.BinaryMetrics;
import java.util.Optional;

/**
 * Where a training is.
 *
 * @param epoch from 1
 * @param samplesSeen examples trained on since the start, repeated ones counted again
 * @param samplesPerSecond training speed of the epoch so far, validation left out
 * @param loss mean loss (nats) of the epoch's batches so far, penalties left out
 * @param learningRate of the epoch
 * @param validated validation examples scored in this epoch so far; 0 while it trains
 * @param validation metrics on the validation examples; present when the epoch is over
 */
public record TrainingProgress(
    int epoch,
    long samplesSeen,
    double samplesPerSecond,
    double loss,
    double learningRate,
    long validated,
    Optional<BinaryMetrics> validation) {}
