package dev.millrace.jobs.bench;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.encoding.RowEncoders;
import dev.millrace.models.bundle.BundleWriter;
import dev.millrace.models.bundle.Manifest;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.bundle.Probe;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.onnx.OnnxExport;
import dev.millrace.models.onnx.OnnxSignature;
import dev.millrace.models.train.TrainedNetwork;
import dev.millrace.schemas.ModelRelease;
import dev.millrace.schemas.ReleaseStage;
import dev.millrace.serving.Parity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A network of the demo's form and size with the parameters it would start its training from: how
 * fast a bundle scores does not depend on how well.
 */
final class BenchModel {

  /** It stays as it is where the demo's changes, so that figures of two versions compare. */
  private static final Network NETWORK = new AutoInt(AutoInt.Form.FUXI_LN, 2, 2, 16, 0, 0);

  private static final String NAME = "bench";
  private static final String RELEASE = "untrained-1";
  private static final int PROBE_EXAMPLES = 16;

  private BenchModel() {}

  /** Writes the bundle; the sample gives its probe. */
  static ModelBundle write(RequestSample sample, long seed, Path directory) throws IOException {
    FeatureCatalog catalog = sample.catalog();
    RowEncoder encoder = RowEncoders.of(catalog, Optional.empty());
    EmbeddingLayout layout = EmbeddingLayout.of(encoder);
    TrainedNetwork network =
        new TrainedNetwork(
            NETWORK, layout, Parameters.initial(ParameterSpec.declaredBy(NETWORK, layout), seed));
    Probe probe = network.probe(sample.encode(encoder), PROBE_EXAMPLES, Parity.TOLERANCE);
    Map<String, String> provenance = Map.of("seed", Long.toString(seed), "epochs", "0");
    byte[] model = OnnxExport.export(NETWORK, layout, network.parameters(), provenance);
    return new BundleWriter(draft(layout, catalog, provenance), catalog.toYaml(), model, probe)
        .write(directory);
  }

  private static Manifest draft(
      EmbeddingLayout layout, FeatureCatalog catalog, Map<String, String> provenance) {
    return Manifest.draft(
        NAME,
        RELEASE,
        new Manifest.NetworkDescription(NETWORK.name(), new TreeMap<>(NETWORK.configuration())),
        OnnxSignature.inputs(layout),
        OnnxSignature.outputs(),
        catalog.fingerprint(),
        provenance,
        Map.of());
  }

  /** The release that makes the bundle live. */
  static ModelRelease release(ModelBundle bundle, Path directory, Instant at) {
    return new ModelRelease(
        NAME,
        RELEASE,
        ReleaseStage.FULL,
        1.0,
        directory.toUri().toString(),
        bundle.manifestSha256(),
        bundle.manifest().catalogFingerprint(),
        at);
  }
}
