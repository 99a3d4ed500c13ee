package dev.millrace.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a network at work: tables on the heap, the others on the engine. */
final class EngineParameters {
  private final Map<String, EmbeddingTable> tables = new LinkedHashMap<>();
  private final Map<String, NDArray> dense = new LinkedHashMap<>();

  /** Tables are shared with {@code parameters}, the others copied into {@code manager}. */
  EngineParameters(NDManager manager, List<ParameterSpec> declared, Parameters parameters) {
    for (ParameterSpec spec : declared) {
      float[] values = parameters.values(spec.name());
      long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
      if (spec.table()) {
        tables.put(spec.name(), new EmbeddingTable(values, spec.shape().get(1)));
      } else {
        dense.put(spec.name(), manager.create(values, new Shape(shape)));
      }
    }
  }

  Map<String, EmbeddingTable> tables() {
    return tables;
  }

  Map<String, NDArray> dense() {
    return dense;
  }

  /**
   * What a step computes with, by name: the touched rows of each table, and an alias of every other
   * parameter, so that updating the parameter in place needs no regard for gradients.
   */
  Map<String, NDArray> leaves(NDManager step, TouchedRows touched, boolean gradients) {
    Map<String, NDArray> leaves = new LinkedHashMap<>();
    tables.forEach(
        (name, table) -> {
          Shape shape = new Shape(touched.count(), table.dim());
          leaves.put(name, step.create(table.gather(touched), shape));
        });
    dense.forEach(
        (name, value) -> {
          NDArray alias = value.stopGradient();
          alias.attach(step);
          leaves.put(name, alias);
        });
    leaves.values().forEach(leaf -> leaf.setRequiresGradient(gradients));
    return leaves;
  }

  /** A copy of all values. */
  Parameters snapshot() {
    Map<String, float[]> values = new LinkedHashMap<>();
    tables.forEach((name, table) -> values.put(name, table.values().clone()));
    dense.forEach((name, value) -> values.put(name, value.toFloatArray()));
    return new Parameters(values);
  }
}
