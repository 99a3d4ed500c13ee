package dev.millrace.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.examples.ExampleReader;
import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongConsumer;

/** A network on the engine: its parameters, and the forward pass of a batch. */
final class EngineNetwork implements AutoCloseable {
  /** Large enough to keep the engine busy, small enough for tens of megabytes. */
  private static final int PREDICTION_BATCH = 4096;

  private final EmbeddingLayout layout;
  private final NDManager manager;
  private final EngineParameters parameters;
  private final TouchedRows touched;
  private Network network;

  private EngineNetwork(
      Network network, EmbeddingLayout layout, NDManager manager, EngineParameters parameters) {
    this.network = network;
    this.layout = layout;
    this.manager = manager;
    this.parameters = parameters;
    this.touched = new TouchedRows(layout);
  }

  /**
   * A network on the CPU; see {@link #open(TrainingDevice, Network, EmbeddingLayout, Parameters)}.
   */
  static EngineNetwork open(Network network, EmbeddingLayout layout, Parameters values) {
    return open(TrainingDevice.CPU, network, layout, values);
  }

  /** Tables are shared with {@code values}: training this network changes them. */
  static EngineNetwork open(
      TrainingDevice device, Network network, EmbeddingLayout layout, Parameters values) {
    NDManager manager = TrainingEngine.newManager(device);
    try {
      var declared = ParameterSpec.declaredBy(network, layout);
      var parameters = new EngineParameters(manager, declared, layout, values);
      return new EngineNetwork(network, layout, manager, parameters);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  EngineParameters parameters() {
    return parameters;
  }

  /** Goes on with another network of the same parameters. */
  void setNetwork(Network other) {
    this.network = other;
  }

  /** The rows of the latest batch. */
  TouchedRows touched() {
    return touched;
  }

  /** A manager for the arrays of one step. */
  NDManager newStep() {
    return manager.newSubManager();
  }

  /** Makes a batch the latest one and gives the leaves to compute it with. */
  Map<String, NDArray> begin(NDManager step, ExampleBuffer batch, boolean training) {
    touched.compact(batch.rows());
    return parameters.leaves(step, touched, training);
  }

  /** Logits of the latest batch, {@code [batch]}. */
  NDArray logit(
      NDManager step, Map<String, NDArray> leaves, ExampleBuffer batch, boolean training) {
    Shape shape = new Shape(batch.size(), layout.lookups());
    NDArray rows = TrainingEngine.copy(step, touched.local(), shape);
    NDArray weights = TrainingEngine.copy(step, batch.weights(), shape);
    return network.logit(new EngineOps(leaves, rows, weights, training), layout).flatten();
  }

  /** Logits and labels of all examples in order. */
  Predictions predict(ExampleSource examples) throws IOException {
    return predict(examples, scored -> {});
  }

  /**
   * Logits and labels of all examples in order.
   *
   * @param progress hears after each batch how many examples are scored
   */
  Predictions predict(ExampleSource examples, LongConsumer progress) throws IOException {
    layout.requireLookups("examples", examples.lookups());
    Predictions predictions = new Predictions();
    ExampleBuffer batch = new ExampleBuffer(layout.lookups());
    long scored = 0;
    try (ExampleReader reader = examples.open()) {
      while (reader.read(batch, PREDICTION_BATCH) > 0) {
        predictions.add(logits(batch), batch.labels());
        scored += batch.size();
        progress.accept(scored);
        batch.clear();
      }
    }
    return predictions;
  }

  private float[] logits(ExampleBuffer batch) {
    try (NDManager step = newStep()) {
      Map<String, NDArray> leaves = begin(step, batch, false);
      return logit(step, leaves, batch, false).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
