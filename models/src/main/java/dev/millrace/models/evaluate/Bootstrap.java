package dev.millrace.models.evaluate;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures metrics again on drawn units, replicates side by side on all processors. Every replicate
 * depends on the seed, its number and the units alone, so that the result does not depend on the
 * machine.
 */
final class Bootstrap {
  private final Units units;
  private final Map<Metric, Resampled> metrics;
  private final BootstrapConfig config;
  private final BootstrapListener listener;
  private final Map<Metric, Replicates> results = new EnumMap<>(Metric.class);
  private int done;

  private Bootstrap(
      Units units,
      Map<Metric, Resampled> metrics,
      BootstrapConfig config,
      BootstrapListener listener) {
    this.units = units;
    this.metrics = metrics;
    this.config = config;
    this.listener = listener;
    metrics.keySet().forEach(m -> results.put(m, new Replicates(new double[config.replicates()])));
  }

  static Map<Metric, Replicates> run(
      Units units,
      Map<Metric, Resampled> metrics,
      BootstrapConfig config,
      BootstrapListener listener) {
    Bootstrap bootstrap = new Bootstrap(units, metrics, config, listener);
    int lanes = Runtime.getRuntime().availableProcessors();
    IntStream.range(0, lanes).parallel().forEach(lane -> bootstrap.runLane(lane, lanes));
    return bootstrap.results;
  }

  /** Every so manieth replicate: one buffer of weights a lane, a byte a unit. */
  private void runLane(int lane, int lanes) {
    byte[] weights = new byte[units.count()];
    for (int replicate = lane; replicate < config.replicates(); replicate += lanes) {
      PoissonWeights.fill(weights, units, config.seed(), replicate);
      for (Map.Entry<Metric, Resampled> metric : metrics.entrySet()) {
        results.get(metric.getKey()).values()[replicate] = metric.getValue().measure(weights);
      }
      countDone();
    }
  }

  private synchronized void countDone() {
    done++;
    listener.onReplicate(done, config.replicates());
  }
}
