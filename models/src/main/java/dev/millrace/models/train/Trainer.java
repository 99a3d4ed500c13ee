package dev.millrace.models.train;

import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Trains a network by minimising log loss with Adam.
 *
 * <p>Examples are streamed: memory holds the parameters, a shuffle window and one batch. The same
 * configuration, examples, machine and thread count give the same parameters.
 */
public final class Trainer {
  /** The engine has one random state and one gradient collector a process: trainings take turns. */
  private static final ReentrantLock ENGINE = new ReentrantLock();

  private final Network network;
  private final EmbeddingLayout layout;
  private final TrainingConfig config;

  public Trainer(Network network, EmbeddingLayout layout, TrainingConfig config) {
    this.network = network;
    this.layout = layout;
    this.config = config;
  }

  /**
   * Trains until the validation AUC has not risen for {@link TrainingConfig#patience} epochs.
   *
   * @param training at least one example
   * @param validation chooses the best epoch; when it is empty or of one class there is no AUC, and
   *     all epochs run
   * @throws IllegalArgumentException when the examples do not fit the layout
   * @throws IllegalStateException when the loss is no longer a number
   */
  public TrainingResult train(
      ExampleSource training, ExampleSource validation, TrainingListener listener)
      throws IOException {
    layout.requireLookups("training", training.lookups());
    layout.requireLookups("validation", validation.lookups());
    Parameters initial =
        Parameters.initial(ParameterSpec.declaredBy(network, layout), config.seed());
    ENGINE.lock();
    try {
      TrainingEngine.configure(config.seed(), config.threads());
      try (EngineNetwork engine = EngineNetwork.open(network, layout, initial)) {
        return new TrainingRun(engine, config, training, validation, listener)
            .run(best -> new TrainedNetwork(network, layout, best));
      }
    } finally {
      ENGINE.unlock();
    }
  }
}
