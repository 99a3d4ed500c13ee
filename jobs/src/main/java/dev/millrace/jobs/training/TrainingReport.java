package dev.millrace.jobs.training;

import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.onnx.TablePrecision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A training that ended with a bundle.
 *
 * @param network name of the network
 * @param release of the model
 * @param bundle directory
 * @param parameters of the network as it is stored
 * @param trainingRows examples of the training part
 * @param trainingTime wall-clock time of the passes, validation included; resumed parts count
 * @param bestEpoch the epoch that was kept, from 1
 * @param epochs passes made
 * @param validation of what the bundle scores
 * @param test of what the bundle scores; empty if there is no test part
 * @param parity largest difference of a probability between network and bundle
 * @param parityExamples over which it was taken
 * @param storage what storing the tables changed; empty in float32
 * @param calibration how probabilities were calibrated, as its configuration tells
 * @param optFs what the search found; empty if there was none
 */
public record TrainingReport(
    String network,
    String release,
    Path bundle,
    long parameters,
    long trainingRows,
    Duration trainingTime,
    int bestEpoch,
    int epochs,
    BinaryMetrics validation,
    Optional<BinaryMetrics> test,
    double parity,
    int parityExamples,
    Optional<Storage> storage,
    Map<String, String> calibration,
    Optional<OptFsReport> optFs) {

  TrainingReport withOptFs(OptFsReport report) {
    return new TrainingReport(
        network,
        release,
        bundle,
        parameters,
        trainingRows,
        trainingTime,
        bestEpoch,
        epochs,
        validation,
        test,
        parity,
        parityExamples,
        storage,
        calibration,
        Optional.of(report));
  }

  /**
   * What storing the embedding tables at another precision than they were trained in changes.
   *
   * @param precision of the stored tables
   * @param trainedBytes of the tables in float32
   * @param storedBytes of the tables as they are stored
   * @param trained metrics with the tables as trained
   * @param stored metrics with the tables as stored
   */
  public record Storage(
      TablePrecision precision,
      long trainedBytes,
      long storedBytes,
      BinaryMetrics trained,
      BinaryMetrics stored) {}
}
