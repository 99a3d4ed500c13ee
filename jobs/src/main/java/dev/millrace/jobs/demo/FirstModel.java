package dev.millrace.jobs.demo;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.jobs.training.ModelPacker;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.onnx.OnnxOptions;
import dev.millrace.models.train.Trainer;
import dev.millrace.models.train.TrainingConfig;
import dev.millrace.models.train.TrainingListener;
import dev.millrace.models.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Trains the demo's model and packs it as a bundle that scores as the network does. */
final class FirstModel {

  static final String NAME = "demo";
  static final String RELEASE = "autoint-1";

  private static final double VALIDATION_SHARE = 0.15;

  /** Smaller than the paper's (3 layers, 2 heads of 32): it has to train while one watches. */
  private static final Network NETWORK = new AutoInt(AutoInt.Form.FUXI_LN, 2, 2, 16, 0, 0.2);

  /** Not all cores: the pipeline goes on, and the engine's threads wait for each other spinning. */
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private final FeatureCatalog catalog;
  private final EmbeddingLayout layout;
  private final long seed;

  FirstModel(FeatureCatalog catalog, RowEncoder encoder, long seed) {
    this.catalog = catalog;
    this.layout = EmbeddingLayout.of(encoder);
    this.seed = seed;
  }

  /**
   * A model that was trained and packed.
   *
   * @param parity largest difference of a probability between network and bundle
   * @param parityExamples over which it was taken
   */
  record Trained(
      TrainingResult result,
      ModelBundle bundle,
      Path directory,
      double parity,
      int parityExamples) {}

  /**
   * Trains on the earlier examples and validates on the latest.
   *
   * @param examples oldest first
   * @param provenance of the examples
   */
  Trained train(
      ExampleBuffer examples,
      Map<String, String> provenance,
      Path directory,
      TrainingListener listener)
      throws IOException {
    int split = (int) (examples.size() * (1 - VALIDATION_SHARE));
    TrainingConfig config =
        TrainingConfig.defaults()
            .withSeed(seed)
            .withBatchSize(256)
            .withMaxEpochs(3)
            .withThreads(THREADS);
    TrainingResult result =
        new Trainer(NETWORK, layout, config)
            .train(examples.slice(0, split), examples.slice(split, examples.size()), listener);

    int newest = Math.max(0, examples.size() - ModelPacker.PARITY_EXAMPLES);
    ModelPacker.Packed packed =
        new ModelPacker(catalog, Optional.empty(), examples.slice(newest, examples.size()))
            .pack(result.network(), OnnxOptions.DEFAULT, label(result, provenance), directory);
    return new Trained(
        result, packed.bundle(), directory, packed.parity(), packed.parityExamples());
  }

  private ModelPacker.Label label(TrainingResult result, Map<String, String> provenance) {
    Map<String, String> training = new HashMap<>(provenance);
    training.put("seed", Long.toString(seed));
    training.put("examples", Long.toString(result.samplesSeen() / result.epochs()));
    training.put("epochs", Integer.toString(result.epochs()));
    training.put("bestEpoch", Integer.toString(result.bestEpoch()));
    Map<String, Double> metrics = new HashMap<>();
    result.validation().auc().ifPresent(auc -> metrics.put("validation.auc", auc));
    result.validation().logLoss().ifPresent(loss -> metrics.put("validation.logLoss", loss));
    return new ModelPacker.Label(NAME, RELEASE, training, metrics);
  }
}
