package dev.millrace.serving;

import dev.millrace.models.bundle.BundleWriter;
import dev.millrace.models.bundle.Manifest;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.bundle.Probe;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.onnx.OnnxSignature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Bundles of the {@link Graphs}, for {@link Shop#PLAIN}: two lookups without weights. */
final class PlainShop {

  static final String RELEASE = "by-hand";

  private static final EmbeddingLayout LAYOUT = EmbeddingLayout.plain(64, 4, 2);

  private PlainShop() {}

  /** A bundle whose probe claims a probability for rows that add up to one. */
  static ModelBundle write(Path directory, byte[] model, float probability) throws IOException {
    Probe probe = new Probe(Parity.TOLERANCE, List.of(example(probability), example(probability)));
    Manifest draft =
        Manifest.draft(
            "plain",
            RELEASE,
            new Manifest.NetworkDescription("graph", new TreeMap<>()),
            OnnxSignature.inputs(LAYOUT),
            OnnxSignature.outputs(),
            Shop.PLAIN.fingerprint(),
            Map.of(),
            Map.of());
    return new BundleWriter(draft, Shop.PLAIN.toYaml(), model, probe).write(directory);
  }

  private static Probe.Example example(float probability) {
    return new Probe.Example(List.of(0, 1), List.of(1f, 1f), probability);
  }

  /** The scorer of a bundle. */
  static Scorer open(ModelBundle bundle) throws IOException {
    return Scorer.open(bundle, Shop.PLAIN.fingerprint(), ScorerSettings.DEFAULT);
  }
}
