package dev.millrace.jobs.demo;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.models.bundle.BundleWriter;
import dev.millrace.models.bundle.Manifest;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.bundle.Probe;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.onnx.OnnxExport;
import dev.millrace.models.onnx.OnnxSignature;
import dev.millrace.models.train.TrainedNetwork;
import dev.millrace.models.train.Trainer;
import dev.millrace.models.train.TrainingConfig;
import dev.millrace.models.train.TrainingListener;
import dev.millrace.models.train.TrainingResult;
import dev.millrace.serving.Parity;
import dev.millrace.serving.Scorer;
import dev.millrace.serving.ScorerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Trains the demo's model and packs it as a bundle that scores as the network does. */
final class FirstModel {

  static final String NAME = "demo";
  static final String RELEASE = "autoint-1";

  private static final double VALIDATION_SHARE = 0.15;
  private static final int PARITY_EXAMPLES = 1_000;
  private static final int PROBE_EXAMPLES = 16;

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

    ExampleBuffer newest =
        copy(examples, Math.max(0, examples.size() - PARITY_EXAMPLES), examples.size());
    float[] expected = result.network().predict(newest);
    ModelBundle bundle = write(result, newest, provenance, directory);
    try (Scorer scorer = Scorer.open(bundle, catalog.fingerprint(), ScorerSettings.DEFAULT)) {
      double parity = Parity.require(scorer, newest, expected);
      return new Trained(result, bundle, directory, parity, newest.size());
    }
  }

  private ModelBundle write(
      TrainingResult result, ExampleBuffer examples, Map<String, String> provenance, Path directory)
      throws IOException {
    Map<String, String> training = new HashMap<>(provenance);
    training.put("seed", Long.toString(seed));
    training.put("examples", Long.toString(result.samplesSeen() / result.epochs()));
    training.put("epochs", Integer.toString(result.epochs()));
    training.put("bestEpoch", Integer.toString(result.bestEpoch()));
    Map<String, Double> metrics = new HashMap<>();
    result.validation().auc().ifPresent(auc -> metrics.put("validation.auc", auc));
    result.validation().logLoss().ifPresent(loss -> metrics.put("validation.logLoss", loss));

    TrainedNetwork network = result.network();
    Manifest draft =
        Manifest.draft(
            NAME,
            RELEASE,
            new Manifest.NetworkDescription(NETWORK.name(), new TreeMap<>(NETWORK.configuration())),
            OnnxSignature.inputs(layout),
            OnnxSignature.outputs(),
            catalog.fingerprint(),
            training,
            metrics);
    Probe probe = network.probe(examples, PROBE_EXAMPLES, Parity.TOLERANCE);
    byte[] model = OnnxExport.export(NETWORK, layout, network.parameters(), training);
    return new BundleWriter(draft, catalog.toYaml(), model, probe).write(directory);
  }

  private static ExampleBuffer copy(ExampleBuffer examples, int from, int to) {
    ExampleBuffer copy = new ExampleBuffer(examples.lookups());
    for (int i = from; i < to; i++) {
      copy.add(examples, i);
    }
    return copy;
  }
}
