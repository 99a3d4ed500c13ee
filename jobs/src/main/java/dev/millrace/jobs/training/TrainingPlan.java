package dev.millrace.jobs.training;

import dev.millrace.models.calibrate.CalibrationMethod;
import dev.millrace.models.network.Network;
import dev.millrace.models.onnx.TablePrecision;
import dev.millrace.models.train.OptFsConfig;
import dev.millrace.models.train.TrainingConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is trained, how, and what becomes of it.
 *
 * @param network what is trained
 * @param config how
 * @param optFs search for the feature values that matter; empty for none
 * @param precision of the tables in the bundle
 * @param externalTables whether the tables lie beside the graph
 * @param calibration fitted on the validation part
 * @param name of the model
 * @param release of the model; empty for one that the data, the network and the configuration tell
 * @param provenance of the data, for the bundle
 * @param bundle directory that must not exist
 * @param work of the training
 */
public record TrainingPlan(
    Network network,
    TrainingConfig config,
    Optional<OptFsConfig> optFs,
    TablePrecision precision,
    boolean externalTables,
    CalibrationMethod calibration,
    String name,
    Optional<String> release,
    Map<String, String> provenance,
    Path bundle,
    WorkDirectory work) {
  public TrainingPlan {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(optFs, "optFs");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(release, "release");
    Objects.requireNonNull(bundle, "bundle");
    Objects.requireNonNull(work, "work");
    provenance = Map.copyOf(provenance);
    if (name.isBlank()) {
      throw new IllegalArgumentException("name must not be blank, found '" + name + "'");
    }
  }
}
