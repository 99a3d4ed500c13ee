package dev.millrace.models.train;

/** Place, speed and loss of one epoch. */
final class EpochProgress implements TrainingState.Part {
  private static final String SAMPLES = "epoch.samples";
  private static final String LOSS_SUM = "epoch.lossSum";
  private static final String NANOS = "epoch.nanos";
  private static final double NANOS_PER_SECOND = 1e9;

  private long samples;
  private double lossSum;
  private long nanos;
  private long lastNanos;

  /** Starts a new epoch. */
  void reset() {
    samples = 0;
    lossSum = 0;
    nanos = 0;
  }

  /** Starts the clock. */
  void start() {
    lastNanos = System.nanoTime();
  }

  /**
   * Counts a batch.
   *
   * @throws IllegalStateException when the loss is not a number: the parameters are lost then
   */
  void add(int batchSize, double meanLoss) {
    if (!Double.isFinite(meanLoss)) {
      throw new IllegalStateException(
          "loss must be finite, found %s after %d samples of the epoch"
              .formatted(meanLoss, samples));
    }
    samples += batchSize;
    lossSum += meanLoss * batchSize;
    long now = System.nanoTime();
    nanos += now - lastNanos;
    lastNanos = now;
  }

  /** Examples trained on, which are the first of the epoch's order. */
  long samples() {
    return samples;
  }

  double samplesPerSecond() {
    return samples * NANOS_PER_SECOND / Math.max(1, nanos);
  }

  double meanLoss() {
    return lossSum / samples;
  }

  @Override
  public void save(TrainingState state) {
    state.put(SAMPLES, samples);
    state.put(LOSS_SUM, lossSum);
    state.put(NANOS, nanos);
  }

  @Override
  public void restore(TrainingState state) {
    samples = state.getLong(SAMPLES);
    lossSum = state.getDouble(LOSS_SUM);
    nanos = state.getLong(NANOS);
  }
}
