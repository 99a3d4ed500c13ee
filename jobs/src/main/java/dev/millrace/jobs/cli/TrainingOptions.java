package dev.millrace.jobs.cli;

import dev.millrace.models.network.Network;
import dev.millrace.models.network.Networks;
import dev.millrace.models.train.AdamConfig;
import dev.millrace.models.train.Averaging;
import dev.millrace.models.train.RowUpdates;
import dev.millrace.models.train.Schedule;
import dev.millrace.models.train.TrainingConfig;
import dev.millrace.models.train.TrainingDevice;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which network is trained, and how. */
final class TrainingOptions {
  private static final int PLATEAU_PATIENCE = 1;

  /** For the help. */
  private static final class NetworkNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Networks.names().iterator();
    }
  }

  @Option(
      names = "--network",
      paramLabel = "NAME",
      completionCandidates = NetworkNames.class,
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private String network = "autoint";

  @Option(
      names = "--option",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the network, such as layers=2; may be given again. docs/networks.md lists"
              + " them.")
  private Map<String, String> networkOptions = new LinkedHashMap<>();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Most passes over the training examples (default: ${DEFAULT-VALUE}).")
  private int epochs = 10;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Epochs without a better validation AUC after which training stops (default:"
              + " ${DEFAULT-VALUE}).")
  private int patience = 2;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Examples of a step (default: ${DEFAULT-VALUE}).")
  private int batchSize = 1024;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "Of Adam (default: ${DEFAULT-VALUE}).")
  private double learningRate = 1e-3;

  @Option(
      names = "--plateau",
      paramLabel = "FACTOR",
      description =
          "Multiply the learning rate by this after each epoch without a better validation AUC"
              + " (default: the rate stays).")
  private Double plateau;

  @Option(
      names = "--cosine",
      description =
          "Let the learning rate fall over the epochs along half a cosine (default: it stays).")
  private boolean cosine;

  @Option(
      names = "--average",
      paramLabel = "DECAY",
      description =
          "Validate and keep averages of the parameters over the steps, with this decay a step,"
              + " such as 0.999 (default: the parameters themselves).")
  private Double average;

  @Option(
      names = "--l2",
      paramLabel = "L",
      description = "Penalty on the weights, (L/2)|w|^2 in every step (default: ${DEFAULT-VALUE}).")
  private double l2;

  @Option(
      names = "--embedding-l2",
      paramLabel = "L",
      description =
          "Penalty on the embedding tables: on the rows of the batch, or with --row-updates all on"
              + " all rows in every step (default: ${DEFAULT-VALUE}).")
  private double embeddingL2;

  @Option(
      names = "--row-updates",
      paramLabel = "lazy|all",
      description =
          "Which rows of the tables a step moves: those of its batch, or all as Adam is written"
              + " (default: ${DEFAULT-VALUE}).")
  private String rowUpdates = "lazy";

  @Option(
      names = "--positive-weight",
      paramLabel = "W",
      description =
          "What a positive example counts where a negative one counts 1 (default:"
              + " ${DEFAULT-VALUE}). Other weights than 1 take the calibration of the scores away.")
  private double positiveWeight = 1;

  @Option(
      names = "--shuffle-window",
      paramLabel = "N",
      description =
          "Examples shuffled in memory at a time; larger files are scattered on disk first"
              + " (default: ${DEFAULT-VALUE}).")
  private int shuffleWindow = 1 << 17;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Of the split, the initial values, the order and the dropout (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Of the engine (default: one a core). With one, the same seed gives the same bits.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu",
      description = "Where to train (default: ${DEFAULT-VALUE}: a GPU if the engine finds one).")
  private String device = "auto";

  long seed() {
    return seed;
  }

  /**
   * The network.
   *
   * @throws UsageException if there is no such network or option, or a value is out of range
   */
  Network network() {
    try {
      return Networks.create(network, networkOptions);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--network " + network + ": " + e.getMessage(), e);
    }
  }

  /**
   * How it is trained.
   *
   * @throws UsageException if a value is out of range
   */
  TrainingConfig config() {
    try {
      return new TrainingConfig(
          new TrainingConfig.Optimisation(
              AdamConfig.DEFAULT.withLearningRate(learningRate),
              schedule(),
              rowUpdates(),
              Optional.ofNullable(average).map(Averaging::of)),
          new TrainingConfig.Loss(positiveWeight, l2, embeddingL2),
          new TrainingConfig.Passes(batchSize, epochs, patience, shuffleWindow),
          seed,
          new TrainingConfig.Compute(device(), threads));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private Schedule schedule() {
    if (cosine && plateau != null) {
      throw new IllegalArgumentException("--cosine and --plateau exclude each other");
    }
    if (cosine) {
      return new Schedule.Cosine(epochs);
    }
    return plateau == null ? Schedule.CONSTANT : new Schedule.Plateau(plateau, PLATEAU_PATIENCE);
  }

  private RowUpdates rowUpdates() {
    return switch (rowUpdates) {
      case "lazy" -> RowUpdates.LAZY;
      case "all" -> RowUpdates.EVERY_ROW;
      default ->
          throw new IllegalArgumentException(
              "--row-updates must be lazy or all, found " + rowUpdates);
    };
  }

  private TrainingDevice device() {
    return switch (device) {
      case "auto" -> TrainingDevice.AUTO;
      case "cpu" -> TrainingDevice.CPU;
      case "gpu" -> TrainingDevice.GPU;
      default ->
          throw new IllegalArgumentException("--device must be auto, cpu or gpu, found " + device);
    };
  }
}
