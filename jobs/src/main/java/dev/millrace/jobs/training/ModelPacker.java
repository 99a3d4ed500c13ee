package dev.millrace.jobs.training;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.Vocabulary;
import dev.millrace.models.bundle.BundleWriter;
import dev.millrace.models.bundle.Manifest;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.bundle.Probe;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleReader;
import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.onnx.OnnxExport;
import dev.millrace.models.onnx.OnnxModel;
import dev.millrace.models.onnx.OnnxOptions;
import dev.millrace.models.onnx.OnnxSignature;
import dev.millrace.models.train.TrainedNetwork;
import dev.millrace.serving.Parity;
import dev.millrace.serving.Scorer;
import dev.millrace.serving.ScorerSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.util.FileUtils;

/**
 * Packs trained networks as bundles and proves that a bundle scores as its network.
 *
 * @param catalog fitted, of the examples
 * @param vocabulary of the catalogue, if its embedding is one
 * @param examples that the proof is made on, as many as {@value #PARITY_EXAMPLES} of them
 */
public record ModelPacker(
    FeatureCatalog catalog, Optional<Vocabulary> vocabulary, ExampleSource examples) {
  /** Most examples that the proof is made on. */
  public static final int PARITY_EXAMPLES = 1_000;

  private static final int PROBE_EXAMPLES = 16;

  /**
   * What a bundle is called and tells about itself.
   *
   * @param training provenance
   * @param metrics measured, finite
   */
  public record Label(
      String name, String release, Map<String, String> training, Map<String, Double> metrics) {}

  /**
   * A bundle that was written and scores as its network does.
   *
   * @param parity largest difference of a probability between network and bundle
   * @param parityExamples over which it was taken
   */
  public record Packed(ModelBundle bundle, Path directory, double parity, int parityExamples) {}

  /**
   * Writes a bundle beside its place, loads it, compares and moves it there.
   *
   * @param directory must not exist; there is no bundle if this fails
   * @throws dev.millrace.models.bundle.BundleException if the bundle scores otherwise
   */
  public Packed pack(TrainedNetwork network, OnnxOptions options, Label label, Path directory)
      throws IOException {
    Path place = directory.toAbsolutePath().normalize();
    if (Files.exists(place)) {
      throw new FileAlreadyExistsException(
          directory.toString(), null, "a bundle is never overwritten");
    }
    ExampleBuffer sample = first(PARITY_EXAMPLES);
    TrainedNetwork stored = stored(network, options);
    float[] expected = stored.predict(sample, options.calibration());
    Path draft = place.resolveSibling("." + place.getFileName() + ".unproven");
    // Of a process that was killed.
    FileUtils.deleteDirectory(draft.toFile());
    try {
      ModelBundle bundle = write(stored, options, label, sample, draft);
      double parity = parity(bundle, sample, expected);
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
      return new Packed(ModelBundle.open(place), directory, parity, sample.size());
    } finally {
      FileUtils.deleteDirectory(draft.toFile());
    }
  }

  private double parity(ModelBundle bundle, ExampleBuffer sample, float[] expected)
      throws IOException {
    try (Scorer scorer = Scorer.open(bundle, catalog.fingerprint(), ScorerSettings.DEFAULT)) {
      return Parity.require(scorer, sample, expected);
    }
  }

  /** The network with its tables as the bundle stores them. */
  static TrainedNetwork stored(TrainedNetwork network, OnnxOptions options) {
    List<ParameterSpec> declared = ParameterSpec.declaredBy(network.network(), network.layout());
    Parameters stored = options.precision().stored(declared, network.parameters());
    return new TrainedNetwork(network.network(), network.layout(), stored);
  }

  private ModelBundle write(
      TrainedNetwork trained,
      OnnxOptions options,
      Label label,
      ExampleBuffer sample,
      Path directory)
      throws IOException {
    Network network = trained.network();
    EmbeddingLayout layout = trained.layout();
    Manifest draft =
        Manifest.draft(
            label.name(),
            label.release(),
            new Manifest.NetworkDescription(network.name(), new TreeMap<>(network.configuration())),
            OnnxSignature.inputs(layout),
            OnnxSignature.outputs(),
            catalog.fingerprint(),
            label.training(),
            label.metrics());
    Probe probe = trained.probe(sample, PROBE_EXAMPLES, Parity.TOLERANCE, options.calibration());
    OnnxModel model =
        OnnxExport.export(network, layout, trained.parameters(), options, label.training());
    BundleWriter writer = new BundleWriter(draft, catalog.toYaml(), model.graph(), probe);
    model.tables().ifPresent(tables -> writer.withFile(OnnxModel.TABLES, tables));
    vocabulary.ifPresent(values -> writer.withFile(Scorer.VOCABULARY, out -> values.write(out)));
    return writer.write(directory);
  }

  private ExampleBuffer first(int count) throws IOException {
    ExampleBuffer taken = new ExampleBuffer(examples.lookups());
    try (ExampleReader reader = examples.open()) {
      int read;
      do {
        read = reader.read(taken, count - taken.size());
      } while (read > 0 && taken.size() < count);
    }
    return taken;
  }
}
