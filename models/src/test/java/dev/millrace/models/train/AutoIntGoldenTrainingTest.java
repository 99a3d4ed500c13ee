package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.golden.AutoIntGolden;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine's interpreter against the golden vectors, which are float64. */
class AutoIntGoldenTrainingTest {
  /** Both sides compute in float64; the sums of a few hundred terms are ordered differently. */
  private static final double FLOAT64 = 1e-12;

  /** Float32 holds 6e-8; three layers and a softmax each lose an order of magnitude at most. */
  private static final double FLOAT32 = 1e-5;

  @ParameterizedTest
  @EnumSource
  void shouldComputeTheGoldenLogitsAndGradientsInFloat64(AutoIntGolden.Case form) {
    AutoIntGolden golden = form.read();
    ExampleBuffer batch = golden.examples();
    try (NDManager manager = TrainingEngine.newManager()) {
      Map<String, NDArray> leaves = float64Leaves(manager, golden);
      try (GradientCollector collector = TrainingEngine.engine().newGradientCollector()) {
        NDArray logit = float64Logit(manager, leaves, golden, batch);
        NDArray label = manager.create(golden.vector("labels"), logit.getShape());
        NDArray loss = Activation.softPlus(logit).sub(logit.mul(label)).mean();
        collector.backward(loss);
        assertThat(logit.toDoubleArray())
            .containsExactly(golden.vector("logit_eval"), within(FLOAT64));
        assertThat(loss.getDouble()).isCloseTo(golden.number("bce"), within(FLOAT64));
      }
      golden
          .tensors("grads")
          .forEach(
              (name, expected) ->
                  assertThat(leaves.get(name).getGradient().toDoubleArray())
                      .as(name)
                      .containsExactly(expected, within(FLOAT64)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeTheGoldenAdamStepInFloat32(AutoIntGolden.Case form) {
    AutoIntGolden golden = form.read();
    ExampleBuffer batch = golden.examples();
    try (EngineNetwork engine =
        EngineNetwork.open(golden.network(), golden.layout(), golden.parameters())) {
      double loss = new TrainingStep(engine, AdamConfig.DEFAULT).run(batch);
      assertThat(loss).isCloseTo(golden.number("loss"), within(FLOAT32));
      Parameters moved = engine.parameters().snapshot();
      golden
          .tensors("params_after_1_adam_step")
          .forEach((name, expected) -> assertMoved(golden, moved, name, expected));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldPredictTheGoldenProbabilities(AutoIntGolden.Case form) throws Exception {
    AutoIntGolden golden = form.read();
    var trained = new TrainedNetwork(golden.network(), golden.layout(), golden.parameters());
    float[] probabilities = trained.predict(golden.examples());
    double[] logits = golden.vector("logit_eval");
    for (int i = 0; i < logits.length; i++) {
      double expected = 1 / (1 + Math.exp(-logits[i]));
      assertThat((double) probabilities[i]).isCloseTo(expected, within(FLOAT32));
    }
  }

  /**
   * Adam's first step moves by {@code lr * g / (|g| + eps)}: a gradient near eps would magnify
   * float32's rounding, so a value whose golden gradient is small but not zero is left out.
   */
  private static void assertMoved(
      AutoIntGolden golden, Parameters moved, String name, double[] expected) {
    double[] gradient = golden.tensors("grads").get(name);
    for (int i = 0; i < expected.length; i++) {
      if (gradient[i] == 0 || Math.abs(gradient[i]) > 1e-5) {
        assertThat((double) moved.values(name)[i])
            .as("%s[%d], gradient %s", name, i, gradient[i])
            .isCloseTo(expected[i], within(1e-6));
      }
    }
  }

  private static Map<String, NDArray> float64Leaves(NDManager manager, AutoIntGolden golden) {
    Map<String, double[]> values = golden.tensors("params");
    Map<String, NDArray> leaves = new LinkedHashMap<>();
    for (ParameterSpec spec : ParameterSpec.declaredBy(golden.network(), golden.layout())) {
      long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
      NDArray leaf = manager.create(values.get(spec.name())).reshape(new Shape(shape));
      leaf.setRequiresGradient(true);
      leaves.put(spec.name(), leaf);
    }
    assertThat(leaves).hasSameSizeAs(values);
    return leaves;
  }

  private static NDArray float64Logit(
      NDManager manager, Map<String, NDArray> leaves, AutoIntGolden golden, ExampleBuffer batch) {
    Shape shape = new Shape(batch.size(), batch.lookups());
    NDArray rows = manager.create(batch.rows(), shape);
    NDArray weights = manager.create(golden.weights()).reshape(shape);
    var ops = new EngineOps(leaves, rows, weights, true);
    return golden.network().logit(ops, golden.layout()).flatten();
  }
}
