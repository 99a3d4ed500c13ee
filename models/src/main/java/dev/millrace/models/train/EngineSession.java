package dev.millrace.models.train;

import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.Parameters;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The engine to oneself, with a network on it.
 *
 * <p>The engine has one random state, one number of threads and one gradient collector a process:
 * trainings take turns.
 */
final class EngineSession implements AutoCloseable {
  private static final ReentrantLock ENGINE = new ReentrantLock();

  private final EngineNetwork network;

  private EngineSession(EngineNetwork network) {
    this.network = network;
  }

  /**
   * Waits for the engine and opens a network on it.
   *
   * @param values tables are shared: training the network changes them
   */
  static EngineSession begin(
      TrainingConfig.Compute compute, Network network, EmbeddingLayout layout, Parameters values) {
    ENGINE.lock();
    try {
      TrainingEngine.setThreads(compute.threads());
      return new EngineSession(EngineNetwork.open(compute.device(), network, layout, values));
    } catch (RuntimeException | Error e) {
      ENGINE.unlock();
      throw e;
    }
  }

  EngineNetwork network() {
    return network;
  }

  @Override
  public void close() {
    try {
      network.close();
    } finally {
      ENGINE.unlock();
    }
  }
}
