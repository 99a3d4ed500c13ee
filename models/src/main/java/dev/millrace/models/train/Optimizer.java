package dev.millrace.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adam over all parameters of a network: lazy for its tables, in place for the others. */
final class Optimizer {
  private final Map<String, LazyRowAdam> tables = new LinkedHashMap<>();
  private final Map<String, DenseAdam> dense = new LinkedHashMap<>();
  private long steps;

  Optimizer(AdamConfig config, EngineParameters parameters) {
    parameters.tables().forEach((name, table) -> tables.put(name, new LazyRowAdam(config, table)));
    parameters.dense().forEach((name, value) -> dense.put(name, new DenseAdam(config, value)));
  }

  /** Moves every parameter by the gradient of its leaf. */
  void step(NDManager manager, Map<String, NDArray> leaves, TouchedRows touched) {
    steps++;
    tables.forEach(
        (name, adam) -> {
          try (NDArray gradient = leaves.get(name).getGradient()) {
            adam.update(gradient.toFloatArray(), touched, steps);
          }
        });
    dense.forEach(
        (name, adam) -> {
          try (NDArray gradient = leaves.get(name).getGradient()) {
            adam.update(manager, gradient, steps);
          }
        });
  }
}
