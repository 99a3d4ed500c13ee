package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.golden.Golden;
import dev.millrace.models.golden.GoldenCase;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.OptFs;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.ParameterSpec.Role;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.network.RowMap;
import dev.millrace.models.network.TensorOps;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The engine's interpreter against the golden vectors, which are float64. */
class GoldenTrainingTest {
  /** Both sides compute in float64; the sums of a few hundred terms are ordered differently. */
  private static final double FLOAT64 = 1e-12;

  /** The vectors' fixed gates are float32, which holds 6e-8, in an otherwise float64 network. */
  private static final double FLOAT32_GATES = 1e-7;

  /** Float32 holds 6e-8; three layers and a softmax each lose an order of magnitude at most. */
  private static final double FLOAT32 = 1e-5;

  @ParameterizedTest
  @EnumSource
  void shouldComputeTheGoldenLogitsInFloat64(GoldenCase golden) {
    Golden expected = golden.read();
    try (NDManager manager = TrainingEngine.newManager()) {
      assertThat(float64Logit(manager, expected, false))
          .containsExactly(
              expected.vector(expected.has("logit") ? "logit" : "logit_eval"), within(FLOAT64));
      if (expected.has("logit_train")) {
        assertThat(float64Logit(manager, expected, true))
            .containsExactly(expected.vector("logit_train"), within(FLOAT64));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldComputeTheGoldenGradientsInFloat64(GoldenCase golden) {
    Golden expected = golden.read();
    try (NDManager manager = TrainingEngine.newManager()) {
      Map<String, NDArray> leaves = float64Leaves(manager, expected);
      try (GradientCollector collector = TrainingEngine.engine().newGradientCollector()) {
        NDArray logit = logit(ops(manager, expected, leaves, true), expected);
        NDArray label = manager.create(expected.vector("labels")).reshape(logit.getShape());
        NDArray loss = Activation.softPlus(logit).sub(logit.mul(label)).mean();
        assertThat(loss.getDouble()).isCloseTo(expected.number("bce"), within(FLOAT64));
        collector.backward(expected.has("lam") ? regularised(loss, leaves, expected) : loss);
      }
      Map<String, double[]> gradients = expected.tensors("grads");
      assertThat(gradients).hasSameSizeAs(expected.tensors("params"));
      gradients.forEach(
          (name, gradient) ->
              assertThat(leaves.get(name).getGradient().toDoubleArray())
                  .as(name)
                  .containsExactly(gradient, within(FLOAT64)));
    }
  }

  /**
   * Only the search of OptFS has a regulariser: {@code lambda * sum of sigmoid(temperature * m)}.
   */
  private static NDArray regularised(NDArray loss, Map<String, NDArray> leaves, Golden expected) {
    NDArray gates = Activation.sigmoid(leaves.get(OptFs.GATE).mul(expected.number("temp"))).sum();
    assertThat(gates.getDouble()).isCloseTo(expected.number("reg_sum_sigmoid"), within(FLOAT64));
    return loss.add(gates.mul(expected.number("lam")));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_NONE, names = "OPTFS_.*")
  void shouldTakeTheGoldenAdamStepInFloat32(GoldenCase golden) {
    Golden expected = golden.read();
    Network network = expected.network();
    try (EngineNetwork engine =
        EngineNetwork.open(network, expected.layout(), expected.parameters())) {
      double loss =
          new TrainingStep(engine, TrainingConfig.defaults()).run(expected.examples(), 1e-3);
      assertThat(loss).isCloseTo(expected.number("loss"), within(FLOAT32));
      Parameters moved = engine.parameters().snapshot();
      expected
          .tensors("params_after_1_adam_step")
          .forEach((name, values) -> assertMoved(expected, moved, name, values));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = "FGCNN.*")
  void shouldPoolAndGenerateTheGoldenFields(GoldenCase golden) {
    Golden expected = golden.read();
    try (NDManager manager = TrainingEngine.newManager()) {
      EngineOps ops = ops(manager, expected, float64Leaves(manager, expected), false);
      List<NDArray> pooled = new ArrayList<>();
      List<NDArray> joined = new ArrayList<>();
      logit(recording(recording(ops, "maxPool", pooled), "concat", joined), expected);
      assertThat(pooled.get(0).toDoubleArray())
          .containsExactly(expected.vector("conv1_pooled_eval"), within(FLOAT64));
      assertThat(pooled.get(1).toDoubleArray())
          .containsExactly(expected.vector("conv2_pooled_eval"), within(FLOAT64));
      String generated = ":, %d:".formatted(expected.layout().tokens());
      assertThat(joined.get(0).get(generated).toDoubleArray())
          .containsExactly(expected.vector("new_features_eval"), within(FLOAT64));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = "OPTFS_.*")
  void shouldScoreTheTicketOverACutTable(GoldenCase golden) {
    Golden searched = golden.read();
    double[] gates = searched.tensors("params").get(OptFs.GATE);
    RowMap cut = RowMap.keeping(gates.length, row -> gates[row] > 0);
    List<Integer> kept = new ArrayList<>();
    searched.json().get("kept_features").forEach(row -> kept.add(row.asInt()));
    assertThat(kept).hasSize(cut.keptRows()).allMatch(cut::keeps);
    EmbeddingLayout layout = searched.layout().withCut(cut);
    Golden ticket = new Golden(OptFs.ticket(GoldenCase.deepFm()), layout, searched.json());
    try (NDManager manager = TrainingEngine.newManager()) {
      Map<String, NDArray> leaves = ticketLeaves(manager, searched, cut);
      NDArray rows = mapped(manager, searched.examples(), cut);
      EngineOps ops = new EngineOps(leaves, rows, weights(manager, ticket), false);
      assertThat(logit(ops, ticket).toDoubleArray())
          .containsExactly(ticket.vector("logit_ticket"), within(FLOAT32_GATES));
    }
  }

  /** The searched parameters, of the table only the kept rows and the zero row. */
  private static Map<String, NDArray> ticketLeaves(NDManager manager, Golden searched, RowMap cut) {
    Map<String, NDArray> leaves = float64Leaves(manager, searched);
    double[][] stored = new double[cut.storedRows()][searched.layout().dim()];
    double[] table = searched.tensors("params").get("embedding");
    for (int row = 0; row < cut.inputRows(); row++) {
      if (cut.keeps(row)) {
        int dim = searched.layout().dim();
        System.arraycopy(table, row * dim, stored[cut.stored(row)], 0, dim);
      }
    }
    leaves.put("embedding", manager.create(stored));
    return leaves;
  }

  private static NDArray mapped(NDManager manager, ExampleBuffer examples, RowMap cut) {
    int[] rows = new int[examples.rows().remaining()];
    examples.rows().get(rows);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = cut.stored(rows[i]);
    }
    return manager.create(rows).reshape(examples.size(), examples.lookups());
  }

  /**
   * Adam's first step moves by {@code lr * g / (|g| + eps)}: a gradient near eps would magnify
   * float32's rounding, so a value whose golden gradient is small but not zero is left out.
   */
  private static void assertMoved(Golden golden, Parameters moved, String name, double[] expected) {
    double[] gradient = golden.tensors("grads").get(name);
    for (int i = 0; i < expected.length; i++) {
      if (gradient[i] == 0 || Math.abs(gradient[i]) > 1e-5) {
        assertThat((double) moved.values(name)[i])
            .as("%s[%d], gradient %s", name, i, gradient[i])
            .isCloseTo(expected[i], within(1e-6));
      }
    }
  }

  private static double[] float64Logit(NDManager manager, Golden golden, boolean training) {
    EngineOps ops = ops(manager, golden, float64Leaves(manager, golden), training);
    return logit(ops, golden).toDoubleArray();
  }

  private static NDArray logit(TensorOps<NDArray> ops, Golden golden) {
    return golden.network().logit(ops, golden.layout()).flatten();
  }

  private static EngineOps ops(
      NDManager manager, Golden golden, Map<String, NDArray> leaves, boolean training) {
    ExampleBuffer batch = golden.examples();
    NDArray rows = manager.create(batch.rows(), new Shape(batch.size(), batch.lookups()));
    return new EngineOps(leaves, rows, weights(manager, golden), training);
  }

  private static NDArray weights(NDManager manager, Golden golden) {
    return manager.create(golden.weights()).reshape(-1, golden.layout().lookups());
  }

  private static Map<String, NDArray> float64Leaves(NDManager manager, Golden golden) {
    Map<String, double[]> values = golden.start();
    Map<String, NDArray> leaves = new LinkedHashMap<>();
    for (ParameterSpec spec : ParameterSpec.declaredBy(golden.network(), golden.layout())) {
      long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
      NDArray leaf = manager.create(values.get(spec.name())).reshape(new Shape(shape));
      leaf.setRequiresGradient(spec.role() != Role.STATISTIC);
      leaves.put(spec.name(), leaf);
    }
    assertThat(leaves).hasSameSizeAs(values);
    return leaves;
  }

  /** The interpreter, which also keeps what one of its operations gives. */
  @SuppressWarnings("unchecked")
  private static TensorOps<NDArray> recording(
      TensorOps<NDArray> ops, String operation, List<NDArray> results) {
    return (TensorOps<NDArray>)
        Proxy.newProxyInstance(
            TensorOps.class.getClassLoader(),
            new Class<?>[] {TensorOps.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(ops, arguments);
              if (method.getName().equals(operation)) {
                results.add((NDArray) result);
              }
              return result;
            });
  }
}
