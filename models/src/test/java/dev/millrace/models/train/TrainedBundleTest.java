package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.models.bundle.BundleException;
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
import dev.millrace.models.onnx.OrtModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From parameters to a bundle whose model ONNX Runtime loads. */
class TrainedBundleTest {
  private static final AutoInt NETWORK = new AutoInt(AutoInt.Form.FUXI_LN, 2, 2, 8, 0, 0);
  private static final EmbeddingLayout LAYOUT =
      EmbeddingLayout.weighted(100, 8, new int[] {0, 1, 1, 2});

  @TempDir private Path folder;

  @Test
  void shouldPassItsOwnProbeAndFailAnotherNetworks() throws Exception {
    ModelBundle bundle = write(trained(1), trained(1), "right");
    bundle.probe().verify(score(bundle));
    ModelBundle wrong = write(trained(1), trained(2), "wrong");
    float[] scores = score(wrong);
    assertThatThrownBy(() -> wrong.probe().verify(scores)).isInstanceOf(BundleException.class);
  }

  @Test
  void shouldProbeNoMoreExamplesThanThereAre() throws Exception {
    assertThat(trained(1).probe(examples(), 1_000, 1e-5).examples()).hasSize(20);
    assertThat(trained(1).probe(examples(), 3, 1e-5).examples()).hasSize(3);
  }

  private ModelBundle write(TrainedNetwork probed, TrainedNetwork exported, String name)
      throws Exception {
    byte[] model = OnnxExport.export(NETWORK, LAYOUT, exported.parameters(), Map.of());
    Manifest draft =
        Manifest.draft(
            "ctr",
            "1",
            new Manifest.NetworkDescription(NETWORK.name(), new TreeMap<>(NETWORK.configuration())),
            OnnxSignature.inputs(LAYOUT),
            OnnxSignature.outputs(),
            "fingerprint",
            Map.of(),
            Map.of());
    return new BundleWriter(draft, "fields: []\n", model, probed.probe(examples(), 16, 1e-5))
        .write(folder.resolve(name));
  }

  private static float[] score(ModelBundle bundle) throws Exception {
    ExampleBuffer examples = new ExampleBuffer(LAYOUT.lookups());
    for (Probe.Example example : bundle.probe().examples()) {
      int[] rows = example.rows().stream().mapToInt(Integer::intValue).toArray();
      float[] weights = new float[rows.length];
      for (int lookup = 0; lookup < weights.length; lookup++) {
        weights[lookup] = example.weights().get(lookup);
      }
      examples.add(rows, weights, 0);
    }
    try (OrtModel ort = new OrtModel(Files.readAllBytes(bundle.modelFile()))) {
      return ort.run(examples, OnnxSignature.PROBABILITY);
    }
  }

  private static TrainedNetwork trained(long seed) {
    var declared = ParameterSpec.declaredBy(NETWORK, LAYOUT);
    return new TrainedNetwork(NETWORK, LAYOUT, Parameters.initial(declared, seed));
  }

  private static ExampleBuffer examples() {
    SplittableRandom random = new SplittableRandom(9);
    ExampleBuffer examples = new ExampleBuffer(LAYOUT.lookups());
    for (int i = 0; i < 20; i++) {
      int[] rows = random.ints(LAYOUT.lookups(), 0, LAYOUT.tableRows()).toArray();
      examples.add(rows, new float[] {1, 0.5f, 0.5f, 1}, 0);
    }
    return examples;
  }
}
