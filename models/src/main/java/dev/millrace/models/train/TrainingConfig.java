package dev.millrace.models.train;

import java.util.Objects;
import java.util.Optional;

/**
 * How a network is trained.
 *
 * @param optimisation how a step moves the parameters
 * @param loss what a step lowers
 * @param passes how the examples come
 * @param seed of initial values, shuffling and dropout
 * @param compute what computes; no result depends on it beyond rounding
 */
public record TrainingConfig(
    Optimisation optimisation, Loss loss, Passes passes, long seed, Compute compute) {
  /**
   * How a step moves the parameters.
   *
   * @param adam settings of the optimiser
   * @param schedule of the learning rate
   * @param rowUpdates which rows of the tables move
   * @param averaging of the parameters over the steps, if it is wanted
   */
  public record Optimisation(
      AdamConfig adam, Schedule schedule, RowUpdates rowUpdates, Optional<Averaging> averaging) {
    public Optimisation {
      Objects.requireNonNull(adam, "adam");
      Objects.requireNonNull(schedule, "schedule");
      Objects.requireNonNull(rowUpdates, "rowUpdates");
      Objects.requireNonNull(averaging, "averaging");
    }
  }

  /**
   * What a step lowers: the mean log loss of its examples, and penalties.
   *
   * <p>A penalty L adds {@code (L / 2) ||w||^2}, so that the gradient gets {@code L * w}, in every
   * step and whatever the batch size: with many steps an epoch a small one is strong. This is what
   * FuxiCTR's regularisers and the weight decay of PyTorch's Adam do.
   *
   * @param positiveWeight what an example with label 1 counts, where one with label 0 counts 1;
   *     positive. Only with 1 are the predictions calibrated
   * @param l2 penalty on the parameters that are neither tables nor statistics, not negative
   * @param embeddingL2 penalty on the tables, not negative: on the whole table in every step under
   *     {@link RowUpdates#EVERY_ROW}, on the rows of the batch only, hence far weaker, under {@link
   *     RowUpdates#LAZY}
   */
  public record Loss(double positiveWeight, double l2, double embeddingL2) {
    /** The mean log loss alone. */
    public static final Loss PLAIN = new Loss(1, 0, 0);

    public Loss {
      if (!(positiveWeight > 0 && Double.isFinite(positiveWeight))) {
        throw new IllegalArgumentException(
            "positiveWeight must be > 0 and finite, found " + positiveWeight);
      }
      requirePenalty("l2", l2);
      requirePenalty("embeddingL2", embeddingL2);
    }

    private static void requirePenalty(String key, double found) {
      if (!(found >= 0 && Double.isFinite(found))) {
        throw new IllegalArgumentException(key + " must be >= 0 and finite, found " + found);
      }
    }
  }

  /**
   * How the examples come.
   *
   * @param batchSize examples of a step, at least 1
   * @param maxEpochs passes over the training examples, at least 1
   * @param patience epochs without a better validation AUC after which training stops, at least 1
   * @param shuffleWindow examples that are shuffled together and held in memory, at least 1
   */
  public record Passes(int batchSize, int maxEpochs, int patience, int shuffleWindow) {
    public Passes {
      requirePositive("batchSize", batchSize);
      requirePositive("maxEpochs", maxEpochs);
      requirePositive("patience", patience);
      requirePositive("shuffleWindow", shuffleWindow);
    }
  }

  /**
   * What computes.
   *
   * @param device CPU or GPU
   * @param threads of the engine on the CPU, at least 1; one thread gives the same parameters for
   *     the same seed to the last bit, sums of more depend on how many the machine has free
   */
  public record Compute(TrainingDevice device, int threads) {
    public Compute {
      Objects.requireNonNull(device, "device");
      requirePositive("threads", threads);
    }
  }

  public TrainingConfig {
    Objects.requireNonNull(optimisation, "optimisation");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(passes, "passes");
    Objects.requireNonNull(compute, "compute");
  }

  /**
   * Adam at 1e-3 and batches of 1024 as the AutoInt paper has them (section 5.1.4), a constant
   * rate, lazy rows, no averages, the plain loss, at most 10 epochs, a patience of 2, windows of
   * 131,072 examples, seed 1, a GPU if there is one, one thread for each core.
   */
  public static TrainingConfig defaults() {
    return new TrainingConfig(
        new Optimisation(AdamConfig.DEFAULT, Schedule.CONSTANT, RowUpdates.LAZY, Optional.empty()),
        Loss.PLAIN,
        new Passes(1024, 10, 2, 1 << 17),
        1,
        new Compute(TrainingDevice.AUTO, Runtime.getRuntime().availableProcessors()));
  }

  public TrainingConfig withOptimisation(Optimisation value) {
    return new TrainingConfig(value, loss, passes, seed, compute);
  }

  public TrainingConfig withAdam(AdamConfig value) {
    return withOptimisation(
        new Optimisation(
            value, optimisation.schedule, optimisation.rowUpdates, optimisation.averaging));
  }

  public TrainingConfig withSchedule(Schedule value) {
    return withOptimisation(
        new Optimisation(
            optimisation.adam, value, optimisation.rowUpdates, optimisation.averaging));
  }

  public TrainingConfig withRowUpdates(RowUpdates value) {
    return withOptimisation(
        new Optimisation(optimisation.adam, optimisation.schedule, value, optimisation.averaging));
  }

  public TrainingConfig withAveraging(Optional<Averaging> value) {
    return withOptimisation(
        new Optimisation(optimisation.adam, optimisation.schedule, optimisation.rowUpdates, value));
  }

  public TrainingConfig withLoss(Loss value) {
    return new TrainingConfig(optimisation, value, passes, seed, compute);
  }

  public TrainingConfig withPasses(Passes value) {
    return new TrainingConfig(optimisation, loss, value, seed, compute);
  }

  public TrainingConfig withBatchSize(int value) {
    return withPasses(new Passes(value, passes.maxEpochs, passes.patience, passes.shuffleWindow));
  }

  public TrainingConfig withMaxEpochs(int value) {
    return withPasses(new Passes(passes.batchSize, value, passes.patience, passes.shuffleWindow));
  }

  public TrainingConfig withPatience(int value) {
    return withPasses(new Passes(passes.batchSize, passes.maxEpochs, value, passes.shuffleWindow));
  }

  public TrainingConfig withSeed(long value) {
    return new TrainingConfig(optimisation, loss, passes, value, compute);
  }

  public TrainingConfig withCompute(Compute value) {
    return new TrainingConfig(optimisation, loss, passes, seed, value);
  }

  public TrainingConfig withThreads(int value) {
    return withCompute(new Compute(compute.device, value));
  }

  private static void requirePositive(String key, int found) {
    if (found < 1) {
      throw new IllegalArgumentException(key + " must be >= 1, found " + found);
    }
  }
}
