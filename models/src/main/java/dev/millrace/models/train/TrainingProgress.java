package dev.millrace.models.train;

import dev.millrace.models.evaluate.BinaryMetrics;
import java.util.Optional;

/**
 * Where a training is.
 *
 * @param epoch from 1
 * @param samplesSeen examples trained on since the start, repeated ones counted again
 * @param samplesPerSecond training speed of the epoch so far, validation left out
 * @param loss mean log loss (nats) of the epoch's batches so far
 * @param validation metrics on the validation examples; present when the epoch is over
 */
public record TrainingProgress(
    int epoch,
    long samplesSeen,
    double samplesPerSecond,
    double loss,
    Optional<BinaryMetrics> validation) {}
