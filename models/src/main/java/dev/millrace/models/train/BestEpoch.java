package dev.millrace.models.train;

import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.network.Parameters;
import java.util.OptionalDouble;

/** The parameters and metrics of the epoch with the highest validation AUC. */
final class BestEpoch implements TrainingState.Part {
  private static final String PREFIX = "best/";
  private static final String EPOCH = "best.epoch";

  private final EngineParameters current;
  private int epoch;
  private BinaryMetrics metrics;
  private Parameters parameters;

  BestEpoch(EngineParameters current) {
    this.current = current;
  }

  /** Takes a finished epoch. Without an AUC every epoch counts as better than the one before. */
  void offer(int finished, BinaryMetrics found) {
    if (epoch == 0 || found.auc().isEmpty() || auc(found) > auc(metrics)) {
      epoch = finished;
      metrics = found;
      parameters = current.snapshot();
    }
  }

  private static double auc(BinaryMetrics metrics) {
    return metrics.auc().orElseThrow();
  }

  /** From 1; 0 before the first. */
  int epoch() {
    return epoch;
  }

  BinaryMetrics metrics() {
    return metrics;
  }

  Parameters parameters() {
    return parameters;
  }

  @Override
  public void save(TrainingState state) {
    state.put(EPOCH, epoch);
    if (epoch > 0) {
      current.names().forEach(name -> state.put(PREFIX + name, parameters.values(name)));
      state.put("best.rows", metrics.rows());
      state.put("best.positives", metrics.positives());
      state.put("best.auc", orNan(metrics.auc()));
      state.put("best.aucStandardError", orNan(metrics.aucStandardError()));
      state.put("best.logLoss", orNan(metrics.logLoss()));
      state.put("best.brier", orNan(metrics.brier()));
      state.put("best.calibration", orNan(metrics.calibration()));
    }
  }

  @Override
  public void restore(TrainingState state) {
    epoch = (int) state.getLong(EPOCH);
    if (epoch > 0) {
      parameters = state.parameters(PREFIX, current.names());
      metrics =
          new BinaryMetrics(
              state.getLong("best.rows"),
              state.getLong("best.positives"),
              orEmpty(state.getDouble("best.auc")),
              orEmpty(state.getDouble("best.aucStandardError")),
              orEmpty(state.getDouble("best.logLoss")),
              orEmpty(state.getDouble("best.brier")),
              orEmpty(state.getDouble("best.calibration")));
    }
  }

  private static double orNan(OptionalDouble metric) {
    return metric.orElse(Double.NaN);
  }

  private static OptionalDouble orEmpty(double metric) {
    return Double.isNaN(metric) ? OptionalDouble.empty() : OptionalDouble.of(metric);
  }
}
