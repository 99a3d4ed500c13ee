package dev.millrace.jobs.ranking;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.encoding.RowEncoders;
import dev.millrace.jobs.Events;
import dev.millrace.models.bundle.BundleWriter;
import dev.millrace.models.bundle.Manifest;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.bundle.Probe;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.onnx.OnnxExport;
import dev.millrace.models.onnx.OnnxSignature;
import dev.millrace.models.train.TrainedNetwork;
import dev.millrace.schemas.ModelRelease;
import dev.millrace.schemas.ReleaseStage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The bundle of a network as its seed left it, which scores as well as any other for a test. */
record ReleasedBundle(Path directory, ModelBundle bundle) {

  static final String MODEL = "autoint";

  private static final AutoInt NETWORK = new AutoInt(AutoInt.Form.PAPER, 1, 2, 8, 0, 0);
  private static final int PROBED = 4;

  static ReleasedBundle write(Path folder, FeatureCatalog catalog, String release, long seed)
      throws IOException {
    RowEncoder encoder = RowEncoders.of(catalog, Optional.empty());
    EmbeddingLayout layout =
        EmbeddingLayout.weighted(encoder.tableRows(), encoder.dim(), encoder.segments());
    Parameters parameters = Parameters.initial(ParameterSpec.declaredBy(NETWORK, layout), seed);
    Probe probe =
        new TrainedNetwork(NETWORK, layout, parameters).probe(examples(layout, seed), PROBED, 1e-5);
    Manifest draft =
        Manifest.draft(
            MODEL,
            release,
            new Manifest.NetworkDescription(NETWORK.name(), new TreeMap<>(NETWORK.configuration())),
            OnnxSignature.inputs(layout),
            OnnxSignature.outputs(),
            catalog.fingerprint(),
            Map.of(),
            Map.of());
    byte[] model = OnnxExport.export(NETWORK, layout, parameters, Map.of());
    Path directory = folder.resolve(release);
    return new ReleasedBundle(
        directory, new BundleWriter(draft, catalog.toYaml(), model, probe).write(directory));
  }

  private static ExampleBuffer examples(EmbeddingLayout layout, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ExampleBuffer examples = new ExampleBuffer(layout.lookups());
    float[] weights = new float[layout.lookups()];
    Arrays.fill(weights, 1);
    for (int i = 0; i < PROBED; i++) {
      examples.add(random.ints(layout.lookups(), 0, layout.tableRows()).toArray(), weights, 0);
    }
    return examples;
  }

  String name() {
    return bundle.manifest().release();
  }

  ModelRelease release(ReleaseStage stage) {
    return new ModelRelease(
        MODEL,
        name(),
        stage,
        1.0,
        directory.toUri().toString(),
        bundle.manifestSha256(),
        bundle.manifest().catalogFingerprint(),
        Instant.ofEpochMilli(Events.NOON));
  }
}
