package dev.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.millrace.models.calibrate.Calibration;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.golden.Golden;
import dev.millrace.models.golden.GoldenCase;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The exported graph in ONNX Runtime. */
class OnnxExportTest {
  /** Float32 holds 6e-8; three layers and a softmax each lose an order of magnitude at most. */
  private static final double FLOAT32 = 1e-5;

  private static final AutoInt SMALL = new AutoInt(AutoInt.Form.AUTHORS, 2, 2, 4, 0.5, 0.5);

  @ParameterizedTest
  @EnumSource
  void shouldReproduceTheGoldenLogits(GoldenCase golden) throws OrtException {
    Golden expected = golden.read();
    byte[] model =
        OnnxExport.export(expected.network(), expected.layout(), expected.parameters(), Map.of());
    try (OrtModel ort = new OrtModel(model)) {
      float[] logits = ort.run(expected.examples(), OnnxSignature.LOGIT);
      double[] goldenLogits = expected.vector(expected.has("logit") ? "logit" : "logit_eval");
      assertThat(logits).containsExactly(Golden.toFloats(goldenLogits), within((float) FLOAT32));
      float[] probabilities = ort.run(expected.examples(), OnnxSignature.PROBABILITY);
      for (int i = 0; i < logits.length; i++) {
        assertThat((double) probabilities[i])
            .isCloseTo(1 / (1 + Math.exp(-logits[i])), within(1e-6));
      }
    }
  }

  @Test
  void shouldDeclareTheSignatureAndCarryTheProvenance() throws OrtException {
    EmbeddingLayout layout = EmbeddingLayout.weighted(9, 4, new int[] {0, 1, 1});
    byte[] model = export(layout, Map.of("seed", "7", "catalogFingerprint", "abc"));
    try (OrtModel ort = new OrtModel(model)) {
      var session = ort.session();
      assertThat(session.getInputNames()).containsExactly("rows", "weights");
      assertThat(session.getOutputNames()).containsExactly("probability", "logit");
      TensorInfo rows = (TensorInfo) session.getInputInfo().get("rows").getInfo();
      assertThat(rows.type).isEqualTo(OnnxJavaType.INT32);
      assertThat(rows.getShape()).containsExactly(-1, 3);
      TensorInfo probability = (TensorInfo) session.getOutputInfo().get("probability").getInfo();
      assertThat(probability.type).isEqualTo(OnnxJavaType.FLOAT);
      assertThat(probability.getShape()).containsExactly(-1);
      assertThat(session.getMetadata().getCustomMetadata())
          .containsOnly(Map.entry("seed", "7"), Map.entry("catalogFingerprint", "abc"));
    }
  }

  @Test
  void shouldAskForNoWeightsInAPlainLayout() throws OrtException {
    try (OrtModel ort = new OrtModel(export(EmbeddingLayout.plain(9, 4, 3), Map.of()))) {
      assertThat(ort.session().getInputNames()).containsExactly("rows");
    }
  }

  @Test
  void shouldIgnorePaddingAndAverageSeveralValues() throws OrtException {
    EmbeddingLayout layout = EmbeddingLayout.weighted(9, 4, new int[] {0, 1, 1});
    ExampleBuffer examples = new ExampleBuffer(3);
    examples.add(new int[] {1, 5, 5}, new float[] {1, 0.5f, 0.5f}, 0);
    examples.add(new int[] {1, 5, 8}, new float[] {1, 1, 0}, 0);
    examples.add(new int[] {1, 5, 8}, new float[] {1, 0.5f, 0.5f}, 0);
    try (OrtModel ort = new OrtModel(export(layout, Map.of()))) {
      float[] logits = ort.run(examples, OnnxSignature.LOGIT);
      assertThat(logits[0]).isEqualTo(logits[1]);
      assertThat(logits[2]).isNotEqualTo(logits[1]);
    }
  }

  @Test
  void shouldNormaliseNearlyConstantVectorsToNumbers() throws OrtException {
    EmbeddingLayout layout = EmbeddingLayout.plain(9, 4, 3);
    Parameters parameters = Parameters.initial(ParameterSpec.declaredBy(SMALL, layout), 3);
    // Large equal biases leave a variance far below what float32 resolves at their square.
    Arrays.fill(parameters.values("attention.0.residual.bias"), 1000);
    ExampleBuffer examples = new ExampleBuffer(3);
    examples.add(new int[] {1, 2, 3}, new float[] {1, 1, 1}, 0);
    try (OrtModel ort = new OrtModel(OnnxExport.export(SMALL, layout, parameters, Map.of()))) {
      assertThat(ort.run(examples, OnnxSignature.PROBABILITY)[0]).isBetween(0f, 1f);
    }
  }

  @Test
  void shouldWriteTheSameBytesForTheSameNetwork() {
    EmbeddingLayout layout = EmbeddingLayout.plain(9, 4, 3);
    Map<String, String> metadata = Map.of("a", "1", "b", "2", "c", "3");
    assertThat(export(layout, metadata)).isEqualTo(export(layout, metadata));
  }

  @Test
  void shouldRefuseATableThatNoOnnxFileHolds() {
    EmbeddingLayout layout = EmbeddingLayout.plain(50_000_000, 16, 3);
    Parameters none = new Parameters(Map.of());
    assertThatThrownBy(() -> OnnxExport.export(SMALL, layout, none, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "parameters inside of an ONNX graph must take <= 2147483647 bytes, found 320.*");
  }

  @Test
  void shouldCountTheScalesOfTablesBesideTheGraph() {
    EmbeddingLayout layout = EmbeddingLayout.plain(600_000_000, 2, 3);
    Parameters none = new Parameters(Map.of());
    OnnxOptions options = new OnnxOptions(TablePrecision.INT8, true, Calibration.NONE);
    assertThatThrownBy(() -> OnnxExport.export(SMALL, layout, none, options, Map.of()))
        .hasMessageMatching(
            "parameters inside of an ONNX graph must take <= 2147483647 bytes, found 240.*");
  }

  @Test
  void shouldRefuseParametersOfAnotherNetwork() {
    EmbeddingLayout layout = EmbeddingLayout.plain(9, 4, 3);
    Parameters others = Parameters.initial(ParameterSpec.declaredBy(AutoInt.ofPaper(), layout), 1);
    assertThatThrownBy(() -> OnnxExport.export(SMALL, layout, others, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("attention.0.query.weight must hold 32 values, found 256");
  }

  private static byte[] export(EmbeddingLayout layout, Map<String, String> metadata) {
    Parameters parameters = Parameters.initial(ParameterSpec.declaredBy(SMALL, layout), 3);
    return OnnxExport.export(SMALL, layout, parameters, metadata);
  }
}
