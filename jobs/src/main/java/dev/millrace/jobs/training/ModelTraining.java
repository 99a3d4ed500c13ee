package dev.millrace.jobs.training;

import dev.millrace.models.calibrate.Calibration;
import dev.millrace.models.calibrate.CalibrationMethod;
import dev.millrace.models.data.DataSet;
import dev.millrace.models.data.Part;
import dev.millrace.models.data.PartCounts;
import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.onnx.OnnxOptions;
import dev.millrace.models.onnx.TablePrecision;
import dev.millrace.models.train.Checkpointing;
import dev.millrace.models.train.OptFsResult;
import dev.millrace.models.train.OptFsSearch;
import dev.millrace.models.train.Predictions;
import dev.millrace.models.train.TrainedNetwork;
import dev.millrace.models.train.Trainer;
import dev.millrace.models.train.TrainingListener;
import dev.millrace.models.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;

/** Trains a network on a prepared data set and packs it: what {@code train} does. */
public final class ModelTraining {
  private final TrainingPlan plan;
  private final DataSet data;
  private final Phases phases;
  private final EmbeddingLayout layout;
  private final ExampleSource training;
  private final ExampleSource validation;

  /** Hears what is under way. */
  public interface Phases {
    /**
     * A part of the work begins.
     *
     * @param name such as {@code training autoint}
     * @return hears how far it is
     */
    TrainingListener begin(String name);
  }

  /**
   * A training that has not begun.
   *
   * @throws IllegalArgumentException if the network does not fit the fields, or there is nothing to
   *     calibrate on
   */
  public ModelTraining(TrainingPlan plan, DataSet data, Phases phases) {
    this.plan = plan;
    this.data = data;
    this.phases = phases;
    this.layout = EmbeddingLayout.of(data.encoder());
    this.training = data.examples(Part.TRAINING);
    this.validation = data.examples(Part.VALIDATION);
    // Before hours of training: what cannot be packed afterwards fails now.
    ParameterSpec.declaredBy(plan.network(), layout);
    requireCalibrationPart();
  }

  /**
   * Trains, measures and packs.
   *
   * @throws dev.millrace.models.train.CheckpointException if there is a checkpoint of another
   *     training
   * @throws CalibrationException if the logits do not rise with the labels of the validation part;
   *     the checkpoint is kept
   * @throws dev.millrace.models.bundle.BundleException if the bundle does not score as the network
   */
  public TrainingReport run() throws IOException {
    if (plan.optFs().isEmpty()) {
      TrainingResult result = train();
      return pack(result, Optional.empty(), plan.bundle()).report();
    }
    TrainingResult before = train();
    OptFsResult search =
        new OptFsSearch(plan.network(), layout, plan.config(), plan.optFs().get())
            .withCheckpoints(Checkpointing.in(plan.work().optFs()))
            .run(
                training,
                validation,
                beginning("searching values"),
                beginning("training on the values kept"));
    Path directory = plan.work().beforeOptFs();
    FileUtils.deleteDirectory(directory.toFile());
    try {
      Finished plain = pack(before, Optional.empty(), directory);
      Finished cut = pack(search.retraining(), Optional.of(search), plan.bundle());
      OptFsReport report = new OptFsComparison(data, measured()).of(search, plain, cut);
      return cut.withOptFs(report);
    } finally {
      FileUtils.deleteDirectory(directory.toFile());
    }
  }

  private TrainingResult train() throws IOException {
    String begun = plan.work().hasCheckpoint() ? "going on from the checkpoint of " : "training ";
    return new Trainer(plan.network(), layout, plan.config())
        .withCheckpoints(Checkpointing.in(plan.work().checkpoint()))
        .train(training, validation, phases.begin(begun + plan.network().name()));
  }

  /** Begins the phase when it is first heard of. */
  private TrainingListener beginning(String name) {
    AtomicReference<TrainingListener> begun = new AtomicReference<>();
    return progress -> {
      if (begun.get() == null) {
        begun.set(phases.begin(name));
      }
      begun.get().onProgress(progress);
    };
  }

  private void requireCalibrationPart() {
    PartCounts counts = data.counts(Part.VALIDATION);
    boolean oneLabel = counts.positives() == 0 || counts.positives() == counts.rows();
    if (plan.calibration() != CalibrationMethod.NONE && oneLabel) {
      throw new IllegalArgumentException(
          "validation must have rows of both labels to calibrate on, found %d of %d with label 1"
              .formatted(counts.positives(), counts.rows()));
    }
  }

  /** The part that tells best how good a model is: the training part where it is the only one. */
  private Part measured() {
    return Stream.of(Part.TEST, Part.VALIDATION)
        .filter(part -> data.counts(part).rows() > 0)
        .findFirst()
        .orElse(Part.TRAINING);
  }

  /**
   * A network that was packed.
   *
   * @param network with the tables as the bundle stores them
   */
  record Finished(TrainingReport report, ModelPacker.Packed packed, TrainedNetwork network) {
    /** Quality on the part that tells how good a model is. */
    BinaryMetrics quality() {
      return report.test().orElse(report.validation());
    }

    TrainingReport withOptFs(OptFsReport optFs) {
      return report.withOptFs(optFs);
    }
  }

  private Finished pack(TrainingResult result, Optional<OptFsResult> search, Path directory)
      throws IOException {
    TrainedNetwork trained = result.network();
    OnnxOptions plain = new OnnxOptions(plan.precision(), plan.externalTables(), Calibration.NONE);
    TrainedNetwork stored = ModelPacker.stored(trained, plain);
    Predictions validated = stored.score(validation);
    Calibration calibration = calibration(validated);
    OnnxOptions options = new OnnxOptions(plan.precision(), plan.externalTables(), calibration);
    BinaryMetrics quality = validated.metrics(calibration);
    Optional<BinaryMetrics> test =
        measured() == Part.TEST
            ? Optional.of(stored.score(data.examples(Part.TEST)).metrics(calibration))
            : Optional.empty();
    Map<String, String> provenance = Provenance.of(plan, data, result, search, calibration);
    String release = plan.release().orElseGet(() -> Provenance.release(plan.network(), provenance));
    ModelPacker.Packed packed =
        new ModelPacker(data.catalog(), data.vocabulary(), data.examples(measured()))
            .pack(
                trained,
                options,
                new ModelPacker.Label(plan.name(), release, provenance, metrics(quality, test)),
                directory);
    TrainingReport report =
        new TrainingReport(
            plan.network().name(),
            release,
            directory,
            trained.parameters().count(),
            data.counts(Part.TRAINING).rows(),
            result.elapsed(),
            result.bestEpoch(),
            result.epochs(),
            quality,
            test,
            packed.parity(),
            packed.parityExamples(),
            storage(trained, calibration, test.orElse(quality)),
            calibration.configuration(),
            Optional.empty());
    return new Finished(report, packed, stored);
  }

  private Calibration calibration(Predictions validated) throws CalibrationException {
    try {
      return plan.calibration().fit(validated.logits(), validated.labels());
    } catch (IllegalArgumentException e) {
      throw new CalibrationException(
          "%s calibration: %s; with none the network is packed as it was trained"
              .formatted(plan.calibration(), e.getMessage()),
          e);
    }
  }

  private Optional<TrainingReport.Storage> storage(
      TrainedNetwork trained, Calibration calibration, BinaryMetrics stored) throws IOException {
    if (plan.precision() == TablePrecision.FLOAT32) {
      return Optional.empty();
    }
    long trainedBytes = 0;
    long storedBytes = 0;
    for (ParameterSpec spec : ParameterSpec.declaredBy(trained.network(), trained.layout())) {
      if (spec.role() == ParameterSpec.Role.TABLE) {
        List<Integer> shape = spec.shape();
        trainedBytes += TablePrecision.FLOAT32.storedBytes(shape.get(0), shape.get(1));
        storedBytes += plan.precision().storedBytes(shape.get(0), shape.get(1));
      }
    }
    BinaryMetrics before = trained.score(data.examples(measured())).metrics(calibration);
    return Optional.of(
        new TrainingReport.Storage(plan.precision(), trainedBytes, storedBytes, before, stored));
  }

  private static Map<String, Double> metrics(
      BinaryMetrics validation, Optional<BinaryMetrics> test) {
    Map<String, Double> metrics = new HashMap<>();
    put(metrics, "validation.", validation);
    test.ifPresent(found -> put(metrics, "test.", found));
    return metrics;
  }

  private static void put(Map<String, Double> metrics, String part, BinaryMetrics found) {
    found.auc().ifPresent(auc -> metrics.put(part + "auc", auc));
    found.logLoss().ifPresent(loss -> metrics.put(part + "logLoss", loss));
    found.calibration().ifPresent(ratio -> metrics.put(part + "calibration", ratio));
  }
}
