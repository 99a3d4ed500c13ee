package dev.millrace.models.train;

import java.util.Objects;

/**
 * How a network is trained.
 *
 * @param adam settings of the optimiser
 * @param batchSize examples of a step, at least 1
 * @param maxEpochs passes over the training examples, at least 1
 * @param patience epochs without a better validation AUC after which training stops, at least 1
 * @param shuffleWindow examples that are shuffled together and held in memory, at least 1
 * @param seed of initial values, shuffling and dropout
 * @param threads of the engine, at least 1; one thread gives the same parameters for the same seed
 *     to the last bit, sums of more depend on how many the machine has free
 */
public record TrainingConfig(
    AdamConfig adam,
    int batchSize,
    int maxEpochs,
    int patience,
    int shuffleWindow,
    long seed,
    int threads) {
  public TrainingConfig {
    Objects.requireNonNull(adam, "adam");
    requirePositive("batchSize", batchSize);
    requirePositive("maxEpochs", maxEpochs);
    requirePositive("patience", patience);
    requirePositive("shuffleWindow", shuffleWindow);
    requirePositive("threads", threads);
  }

  /**
   * Adam at 1e-3 and batches of 1024 as the AutoInt paper has them (section 5.1.4), at most 10
   * epochs, a patience of 2, windows of 131,072 examples, seed 1, one thread for each core.
   */
  public static TrainingConfig defaults() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new TrainingConfig(AdamConfig.DEFAULT, 1024, 10, 2, 1 << 17, 1, cores);
  }

  public TrainingConfig withAdam(AdamConfig value) {
    return new TrainingConfig(value, batchSize, maxEpochs, patience, shuffleWindow, seed, threads);
  }

  public TrainingConfig withBatchSize(int value) {
    return new TrainingConfig(adam, value, maxEpochs, patience, shuffleWindow, seed, threads);
  }

  public TrainingConfig withMaxEpochs(int value) {
    return new TrainingConfig(adam, batchSize, value, patience, shuffleWindow, seed, threads);
  }

  public TrainingConfig withPatience(int value) {
    return new TrainingConfig(adam, batchSize, maxEpochs, value, shuffleWindow, seed, threads);
  }

  public TrainingConfig withSeed(long value) {
    return new TrainingConfig(adam, batchSize, maxEpochs, patience, shuffleWindow, value, threads);
  }

  public TrainingConfig withThreads(int value) {
    return new TrainingConfig(adam, batchSize, maxEpochs, patience, shuffleWindow, seed, value);
  }

  private static void requirePositive(String key, int found) {
    if (found < 1) {
      throw new IllegalArgumentException(key + " must be >= 1, found " + found);
    }
  }
}
