package dev.millrace.models.train;

import dev.millrace.models.calibrate.Calibration;
import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleReader;
import dev.millrace.models.examples.ShuffledReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The epochs of a training: steps over shuffled examples, then validation. */
final class TrainingPasses implements TrainingState.Part {
  private static final String EPOCH = "epoch";
  private static final String SAMPLES_SEEN = "samplesSeen";
  private static final String NANOS = "nanos";
  private static final long REPORT_NANOS = 1_000_000_000;

  private final EngineNetwork engine;
  private final TrainingConfig config;
  private final TrainingExamples examples;
  private final TrainingListener listener;
  private final TrainingStep step;
  private final LearningRate rate;
  private final AveragedParameters averages;
  private final EpochProgress progress = new EpochProgress();
  private int epoch = 1;
  private long samplesSeen;
  private long startNanos = System.nanoTime();
  private long nextReport = startNanos + REPORT_NANOS;

  TrainingPasses(
      EngineNetwork engine,
      TrainingConfig config,
      TrainingExamples examples,
      TrainingListener listener) {
    this.engine = engine;
    this.config = config;
    this.examples = examples;
    this.listener = listener;
    this.step = new TrainingStep(engine, config);
    this.rate = new LearningRate(config.optimisation());
    this.averages = new AveragedParameters(engine.parameters(), config.optimisation().averaging());
  }

  /** Everything that has to be saved to go on here. */
  List<TrainingState.Part> parts() {
    return List.of(engine.parameters(), step.optimizer(), rate, averages, progress, this);
  }

  Optimizer optimizer() {
    return step.optimizer();
  }

  /** The epoch that is under way or comes next, from 1. */
  int epoch() {
    return epoch;
  }

  /** Whether the epoch has taken its first step. */
  boolean underWay() {
    return progress.samples() > 0;
  }

  long samplesSeen() {
    return samplesSeen;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /**
   * Runs the epoch, or what is left of it.
   *
   * @param validated takes the epoch's validation metrics while the network is as it was validated
   * @throws IllegalStateException when the loss, or a logit of validation, is no longer a number
   */
  void run(Checkpointer checkpointer, Consumer<BinaryMetrics> validated) throws IOException {
    train(checkpointer);
    averages.exchange();
    BinaryMetrics metrics = validate();
    validated.accept(metrics);
    averages.exchange();
    rate.epochEnded(metrics);
    epoch++;
    progress.reset();
  }

  private BinaryMetrics validate() throws IOException {
    Predictions predictions = engine.predict(examples.validation(), this::reportValidated);
    predictions.requireFinite();
    BinaryMetrics metrics = predictions.metrics(Calibration.NONE);
    listener.onProgress(toProgress(metrics.rows(), Optional.of(metrics)));
    return metrics;
  }

  private void train(Checkpointer checkpointer) throws IOException {
    ExampleBuffer batch = new ExampleBuffer(examples.training().lookups());
    int batchSize = config.passes().batchSize();
    try (ExampleReader reader = shuffled()) {
      reader.seek(progress.samples());
      progress.start();
      while (reader.read(batch, batchSize) > 0) {
        progress.add(batch.size(), step.run(batch, rate.rate()));
        samplesSeen += batch.size();
        batch.clear();
        if (reportIsDue()) {
          listener.onProgress(toProgress(0, Optional.empty()));
        }
        averages.afterStep(step.optimizer().steps());
        checkpointer.afterStep(step.optimizer().steps());
      }
    }
  }

  private ExampleReader shuffled() throws IOException {
    return new ShuffledReader(
        examples.training(), config.passes().shuffleWindow(), config.seed() + epoch);
  }

  private void reportValidated(long scored) {
    if (reportIsDue()) {
      listener.onProgress(toProgress(scored, Optional.empty()));
    }
  }

  private boolean reportIsDue() {
    long now = System.nanoTime();
    if (now - nextReport < 0) {
      return false;
    }
    nextReport = now + REPORT_NANOS;
    return true;
  }

  private TrainingProgress toProgress(long validated, Optional<BinaryMetrics> validation) {
    return new TrainingProgress(
        epoch,
        samplesSeen,
        progress.samplesPerSecond(),
        progress.meanLoss(),
        rate.rate(),
        validated,
        validation);
  }

  @Override
  public void save(TrainingState state) {
    state.put(EPOCH, epoch);
    state.put(SAMPLES_SEEN, samplesSeen);
    state.put(NANOS, elapsed().toNanos());
  }

  @Override
  public void restore(TrainingState state) {
    epoch = (int) state.getLong(EPOCH);
    samplesSeen = state.getLong(SAMPLES_SEEN);
    startNanos = System.nanoTime() - state.getLong(NANOS);
  }
}
