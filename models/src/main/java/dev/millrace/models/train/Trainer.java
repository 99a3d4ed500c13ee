package dev.millrace.models.train;

import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a network by minimising log loss with Adam.
 *
 * <p>Examples are streamed: memory holds the parameters with their moments, those of the best
 * epoch, a shuffle window, one batch and 8 bytes for each validation example. The same
 * configuration, examples, machine and thread count give the same parameters; on the CPU with one
 * thread to the last bit, also when the training was killed and went on from a checkpoint.
 */
public final class Trainer {
  private final Network network;
  private final EmbeddingLayout layout;
  private final TrainingConfig config;
  private final Optional<Checkpointing> checkpointing;

  public Trainer(Network network, EmbeddingLayout layout, TrainingConfig config) {
    this(network, layout, config, Optional.empty());
  }

  private Trainer(
      Network network,
      EmbeddingLayout layout,
      TrainingConfig config,
      Optional<Checkpointing> checkpointing) {
    this.network = network;
    this.layout = layout;
    this.config = config;
    this.checkpointing = checkpointing;
  }

  /** A trainer that goes on from the file's checkpoint, if there is one, and writes it. */
  public Trainer withCheckpoints(Checkpointing settings) {
    return withCheckpoints(Optional.of(settings));
  }

  /** As above, where checkpoints are wanted. */
  Trainer withCheckpoints(Optional<Checkpointing> settings) {
    return new Trainer(network, layout, config, settings);
  }

  /**
   * Trains until the validation AUC has not risen for {@link TrainingConfig.Passes#patience}
   * epochs.
   *
   * @param training at least one example
   * @param validation chooses the best epoch; when it is empty or of one class there is no AUC, and
   *     all epochs run
   * @throws CheckpointException when the checkpoint is damaged or of another training
   * @throws IllegalArgumentException when the examples do not fit the layout
   * @throws IllegalStateException when the loss or a logit is no longer a number
   */
  public TrainingResult train(
      ExampleSource training, ExampleSource validation, TrainingListener listener)
      throws IOException {
    return train(new TrainingExamples(training, validation), initial(), listener);
  }

  /** As above, from given parameters; their tables are changed. */
  TrainingResult train(TrainingExamples examples, Parameters start, TrainingListener listener)
      throws IOException {
    examples.requireFit(layout);
    // Before the first step changes the tables.
    Map<String, String> identity = identity(examples, start);
    try (EngineSession session = EngineSession.begin(config.compute(), network, layout, start)) {
      EngineNetwork engine = session.network();
      TrainingPasses passes = new TrainingPasses(engine, config, examples, listener);
      BestEpoch best = new BestEpoch(engine.parameters());
      List<TrainingState.Part> parts = new ArrayList<>(passes.parts());
      parts.add(best);
      Checkpointer checkpointer = new Checkpointer(checkpointing, identity, parts);
      checkpointer.restore();
      while (goesOn(passes.epoch(), best.epoch())) {
        int epoch = passes.epoch();
        passes.run(checkpointer, metrics -> best.offer(epoch, metrics));
        checkpointer.write();
      }
      return new TrainingResult(
          new TrainedNetwork(network, layout, best.parameters()),
          best.epoch(),
          passes.epoch() - 1,
          passes.samplesSeen(),
          passes.elapsed(),
          best.metrics());
    }
  }

  private boolean goesOn(int next, int best) {
    return next <= config.passes().maxEpochs() && next - 1 - best < config.passes().patience();
  }

  private Map<String, String> identity(TrainingExamples examples, Parameters start)
      throws IOException {
    TrainingIdentity identity = new TrainingIdentity(network, layout, config);
    return checkpointing.isPresent()
        ? identity.with(start).with(examples).entries()
        : identity.entries();
  }

  private Parameters initial() {
    List<ParameterSpec> declared = ParameterSpec.declaredBy(network, layout);
    Parameters initial = Parameters.initial(declared, config.seed());
    if (layout.cut().isPresent()) {
      zeroLastRows(declared, initial);
    }
    return initial;
  }

  private static void zeroLastRows(List<ParameterSpec> declared, Parameters parameters) {
    for (ParameterSpec spec : declared) {
      if (spec.role() == ParameterSpec.Role.TABLE) {
        float[] table = parameters.values(spec.name());
        Arrays.fill(table, table.length - spec.shape().get(1), table.length, 0);
      }
    }
  }
}
