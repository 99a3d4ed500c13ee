package dev.millrace.jobs.experiments;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.models.calibrate.Calibration;
import dev.millrace.models.data.DataSet;
import dev.millrace.models.data.Part;
import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.train.OptFsResult;
import dev.millrace.models.train.OptFsSearch;
import dev.millrace.models.train.Trainer;
import dev.millrace.models.train.TrainingConfig;
import dev.millrace.models.train.TrainingListener;
import dev.millrace.models.train.TrainingProgress;
import dev.millrace.models.train.TrainingResult;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Trains contenders on data sets, each once for each seed. */
final class Trials {
  private final TrialLog log;
  private final int threads;
  private final Consumer<String> progress;

  /**
   * @param log of earlier trials, which are not run again
   * @param threads of the engine
   * @param progress is told a line at a time
   */
  Trials(TrialLog log, int threads, Consumer<String> progress) {
    this.log = log;
    this.threads = threads;
    this.progress = progress;
  }

  /** Prepares data when there is a trial to run on it. */
  @FunctionalInterface
  interface Preparing {
    DataSet prepare() throws IOException;
  }

  /** Runs a trial, or takes the result of an earlier one. */
  Trial run(String name, DataSet data, Contender contender, long seed) throws IOException {
    return run(name, data.catalog(), () -> data, contender, seed);
  }

  /**
   * Runs a trial, or takes the result of an earlier one without preparing its data.
   *
   * @param catalog of the data, fitted
   */
  Trial run(String name, FeatureCatalog catalog, Preparing data, Contender contender, long seed)
      throws IOException {
    TrainingConfig config = contender.config().withSeed(seed).withThreads(threads);
    // The threads change no result beyond rounding.
    String setup =
        "%s %s %s %s"
            .formatted(
                contender.network(),
                contender.config().withSeed(seed).withThreads(1),
                contender.optFs(),
                catalog.fingerprint());
    Optional<Trial> earlier = log.find(name, contender.name(), seed, setup);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    String title = name + ", " + contender.name() + ", seed " + seed;
    progress.accept(title);
    Trial trial = train(data.prepare(), contender, config, name, setup);
    progress.accept(
        String.format(
            Locale.ROOT,
            "%s: test AUC %.5f, log loss %.5f, best epoch %d, %.0f s",
            title,
            trial.auc(),
            trial.logLoss(),
            trial.bestEpoch(),
            trial.seconds()));
    log.add(trial);
    return trial;
  }

  private Trial train(
      DataSet data, Contender contender, TrainingConfig config, String name, String setup)
      throws IOException {
    long start = System.nanoTime();
    EmbeddingLayout layout = EmbeddingLayout.of(data.encoder());
    ExampleSource training = data.examples(Part.TRAINING);
    ExampleSource validation = data.examples(Part.VALIDATION);
    TrainingResult result;
    Double keptShare = null;
    Map<String, Double> gates = null;
    if (contender.optFs().isPresent()) {
      OptFsResult search =
          new OptFsSearch(contender.network(), layout, config, contender.optFs().get())
              .run(training, validation, tell("search "), tell("retraining "));
      result = search.retraining();
      keptShare = search.gates().summary().keptShare();
      gates = FieldGates.mean(search.gates(), data);
    } else {
      result =
          new Trainer(contender.network(), layout, config).train(training, validation, tell(""));
    }
    BinaryMetrics test = result.network().score(data.examples(Part.TEST)).metrics(Calibration.NONE);
    return new Trial(
        name,
        contender.name(),
        config.seed(),
        setup,
        test.auc().orElseThrow(),
        test.logLoss().orElseThrow(),
        result.bestEpoch(),
        result.epochs(),
        (System.nanoTime() - start) / 1e9,
        result.network().parameters().count(),
        keptShare,
        gates);
  }

  private TrainingListener tell(String phase) {
    return epoch -> {
      if (epoch.validation().isPresent()) {
        progress.accept(line(phase, epoch, epoch.validation().get()));
      }
    };
  }

  private static String line(String phase, TrainingProgress epoch, BinaryMetrics validation) {
    return String.format(
        Locale.ROOT,
        "  %sepoch %d: loss %.4f, validation AUC %.5f, log loss %.5f, %,.0f samples/s",
        phase,
        epoch.epoch(),
        epoch.loss(),
        validation.auc().orElse(Double.NaN),
        validation.logLoss().orElse(Double.NaN),
        epoch.samplesPerSecond());
  }
}
