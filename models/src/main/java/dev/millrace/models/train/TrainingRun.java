package dev.millrace.models.train;

import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleReader;
import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.examples.ShuffledReader;
import dev.millrace.models.network.Parameters;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** One training from start to end. */
final class TrainingRun {
  private static final long REPORT_NANOS = 1_000_000_000;

  private final EngineNetwork engine;
  private final TrainingConfig config;
  private final ExampleSource training;
  private final ExampleSource validation;
  private final TrainingListener listener;
  private final TrainingStep step;
  private long samplesSeen;

  TrainingRun(
      EngineNetwork engine,
      TrainingConfig config,
      ExampleSource training,
      ExampleSource validation,
      TrainingListener listener) {
    this.engine = engine;
    this.config = config;
    this.training = training;
    this.validation = validation;
    this.listener = listener;
    this.step = new TrainingStep(engine, config.adam());
  }

  TrainingResult run(Function<Parameters, TrainedNetwork> trained) throws IOException {
    long start = System.nanoTime();
    Parameters best = null;
    BinaryMetrics bestMetrics = null;
    int bestEpoch = 0;
    int epoch = 0;
    while (epoch < config.maxEpochs() && epoch - bestEpoch < config.patience()) {
      epoch++;
      BinaryMetrics metrics = epoch(epoch);
      if (bestMetrics == null || isBetter(metrics, bestMetrics)) {
        best = engine.parameters().snapshot();
        bestMetrics = metrics;
        bestEpoch = epoch;
      }
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return new TrainingResult(
        trained.apply(best), bestEpoch, epoch, samplesSeen, elapsed, bestMetrics);
  }

  /** Without an AUC every epoch counts as better than the one before it. */
  private static boolean isBetter(BinaryMetrics metrics, BinaryMetrics best) {
    return metrics.auc().isEmpty() || metrics.auc().getAsDouble() > best.auc().getAsDouble();
  }

  private BinaryMetrics epoch(int epoch) throws IOException {
    EpochProgress progress = trainOnce(epoch);
    Predictions predictions = engine.predict(validation);
    BinaryMetrics metrics = BinaryMetrics.of(predictions.probabilities(), predictions.labels());
    listener.onProgress(progress.toProgress(samplesSeen, Optional.of(metrics)));
    return metrics;
  }

  private EpochProgress trainOnce(int epoch) throws IOException {
    EpochProgress progress = new EpochProgress(epoch);
    ExampleBuffer batch = new ExampleBuffer(training.lookups());
    long nextReport = System.nanoTime() + REPORT_NANOS;
    try (ExampleReader reader = shuffled(epoch)) {
      while (reader.read(batch, config.batchSize()) > 0) {
        progress.add(batch.size(), step.run(batch));
        samplesSeen += batch.size();
        batch.clear();
        if (System.nanoTime() - nextReport >= 0) {
          listener.onProgress(progress.toProgress(samplesSeen, Optional.empty()));
          nextReport = System.nanoTime() + REPORT_NANOS;
        }
      }
    }
    if (samplesSeen == 0) {
      throw new IllegalArgumentException("training must hold at least 1 example, found 0");
    }
    return progress;
  }

  private ExampleReader shuffled(int epoch) throws IOException {
    return new ShuffledReader(
        training.open(), training.lookups(), config.shuffleWindow(), config.seed() + epoch);
  }
}
