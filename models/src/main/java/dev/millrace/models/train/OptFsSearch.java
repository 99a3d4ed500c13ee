package dev.millrace.models.train;

import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.OptFs;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OptFS: finds the feature values that a network needs and cuts the others from its tables.
 *
 * <p>Lyu et al., "Optimizing Feature Set for Click-Through Rate Prediction", WWW 2023, section 3:
 * gates are trained along with the weights under a rising temperature and a penalty on every open
 * gate; then the weights of an early epoch are taken again and trained with the rows of positive
 * gate alone. The paper stops that training when the validation AUC first fails to rise; here the
 * patience of the configuration rules, so that the cut network and one that was trained without a
 * search differ in the cut alone.
 */
public final class OptFsSearch {
  private static final String TICKET_SUFFIX = ".ticket";

  private final Network base;
  private final EmbeddingLayout layout;
  private final TrainingConfig config;
  private final OptFsConfig search;
  private final Optional<Checkpointing> checkpointing;

  /**
   * @param layout not cut
   * @param config of the search and of the retraining: gates move with the same Adam as weights,
   *     but all of them in every step and without L2. The L2 of tables holds for rows as the
   *     network sees them, gate and all, as it does without a search. Epochs, patience and
   *     averaging are those of the retraining
   */
  public OptFsSearch(
      Network base, EmbeddingLayout layout, TrainingConfig config, OptFsConfig search) {
    this(base, layout, withPenaltyOnGatedRows(config), search, Optional.empty());
  }

  private OptFsSearch(
      Network base,
      EmbeddingLayout layout,
      TrainingConfig config,
      OptFsConfig search,
      Optional<Checkpointing> checkpointing) {
    if (layout.cut().isPresent()) {
      throw new IllegalArgumentException("layout must hold every row, found " + layout.cut().get());
    }
    this.base = base;
    this.layout = layout;
    this.config = config;
    this.search = search;
    this.checkpointing = checkpointing;
  }

  /**
   * The gate of a kept row multiplies it, so the same penalty on the row itself would be weaker by
   * the square of the gate.
   */
  private static TrainingConfig withPenaltyOnGatedRows(TrainingConfig config) {
    TrainingConfig.Loss loss = config.loss();
    double squaredGate = OptFs.KEPT_GATE * OptFs.KEPT_GATE;
    return config.withLoss(
        new TrainingConfig.Loss(
            loss.positiveWeight(), loss.l2(), loss.embeddingL2() * squaredGate));
  }

  /** A search that goes on from its checkpoint; that of the retraining lies beside it. */
  public OptFsSearch withCheckpoints(Checkpointing settings) {
    return new OptFsSearch(base, layout, config, search, Optional.of(settings));
  }

  /**
   * Searches, cuts and trains again.
   *
   * @param training at least one example
   * @param validation both classes, so that there is an AUC to stop by
   * @param searching hears about the search
   * @param retraining hears about what comes after the cut
   * @throws CheckpointException when the checkpoint is damaged or of another search
   * @throws IllegalArgumentException when the examples do not fit the layout
   * @throws IllegalStateException when the loss or a logit is no longer a number, or every value
   *     was cut
   */
  public OptFsResult run(
      ExampleSource training,
      ExampleSource validation,
      TrainingListener searching,
      TrainingListener retraining)
      throws IOException {
    TrainingExamples examples = new TrainingExamples(training, validation);
    examples.requireFit(layout);
    Found found = search(examples, searching);
    Gates.Summary gates = found.gates.summary();
    if (gates.kept() == 0) {
      throw new IllegalStateException(
          "optfs.penalty must leave a value, found %s with which all %d gates fell below 0"
              .formatted(search.penalty(), gates.rows()));
    }
    boolean cut = gates.kept() < gates.rows();
    Ticket ticket = new Ticket(base, cut ? layout.withCut(found.gates.cut()) : layout);
    Trainer trainer =
        new Trainer(OptFs.ticket(base), ticket.layout(), config)
            .withCheckpoints(checkpointing.map(settings -> settings.beside(TICKET_SUFFIX)));
    TrainingResult result = trainer.train(examples, ticket.start(found.rewound), retraining);
    return new OptFsResult(
        result.withNetwork(ticket.fold(result.network().parameters())),
        found.gates,
        found.steps,
        cut ? Optional.empty() : Optional.of(whyNothingWasCut(gates, found.steps)));
  }

  /** What the search leaves behind. */
  private record Found(Gates gates, Parameters rewound, long steps) {}

  private Found search(TrainingExamples examples, TrainingListener listener) throws IOException {
    Network first = OptFs.search(base, 1);
    Parameters start = Parameters.initial(ParameterSpec.declaredBy(first, layout), config.seed());
    try (EngineSession session = EngineSession.begin(config.compute(), first, layout, start)) {
      EngineNetwork engine = session.network();
      TrainingPasses passes = new TrainingPasses(engine, searchConfig(), examples, listener);
      RewindPoint rewind = new RewindPoint(engine.parameters());
      List<TrainingState.Part> parts = new ArrayList<>(passes.parts());
      parts.add(rewind);
      Checkpointer checkpointer = new Checkpointer(checkpointing, identity(examples), parts);
      checkpointer.restore();
      while (passes.epoch() <= search.epochs()) {
        int epoch = passes.epoch() - 1;
        if (epoch == search.rewind() && !passes.underWay()) {
          rewind.take();
        }
        double temperature = search.temperature(epoch);
        engine.setNetwork(OptFs.search(base, temperature));
        passes.optimizer().setRule(OptFs.GATE, gateRule(temperature));
        passes.run(checkpointer, metrics -> {});
        checkpointer.write();
      }
      Gates gates = new Gates(engine.parameters().tables().get(OptFs.GATE).values());
      return new Found(gates, rewind.parameters(), passes.optimizer().steps());
    }
  }

  /** A rate that falls over the retraining's epochs would stand still in a longer search. */
  private TrainingConfig searchConfig() {
    TrainingConfig plain = config.withAveraging(Optional.empty());
    return plain.optimisation().schedule() instanceof Schedule.Cosine
        ? plain.withSchedule(new Schedule.Cosine(search.epochs()))
        : plain;
  }

  private RowRule gateRule(double temperature) {
    return new RowRule(RowUpdates.EVERY_ROW, Penalty.gate(search.penalty(), temperature));
  }

  private Map<String, String> identity(TrainingExamples examples) throws IOException {
    TrainingIdentity identity =
        new TrainingIdentity(base, layout, config).with("optfs", search.toString());
    return checkpointing.isPresent() ? identity.with(examples).entries() : identity.entries();
  }

  private String whyNothingWasCut(Gates.Summary gates, long steps) {
    double rate = config.optimisation().adam().learningRate();
    double start = 0.5;
    if (steps * rate <= start) {
      return ("No value was cut: a gate starts at %s and moves about the learning rate in a step,"
              + " so %d steps at %s are too few; it takes more than %.0f.")
          .formatted(start, steps, rate, start / rate);
    }
    return ("No value was cut: the smallest gate is %.4f after %d steps, so the penalty of %s is"
            + " too small.")
        .formatted(gates.min(), steps, search.penalty());
  }
}
