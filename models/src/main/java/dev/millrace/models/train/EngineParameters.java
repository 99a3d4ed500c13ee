package dev.millrace.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The parameters of a network at work: tables on the heap, the others on the engine. */
final class EngineParameters implements TrainingState.Part {
  private static final String PREFIX = "parameter/";

  private final Map<String, EmbeddingTable> tables = new LinkedHashMap<>();
  private final Map<String, NDArray> dense = new LinkedHashMap<>();
  private final Map<String, NDArray> statistics = new LinkedHashMap<>();

  /** Tables are shared with {@code parameters}, the others copied into {@code manager}. */
  EngineParameters(
      NDManager manager,
      List<ParameterSpec> declared,
      EmbeddingLayout layout,
      Parameters parameters) {
    int movable = layout.cut().isPresent() ? layout.storedRows() - 1 : layout.storedRows();
    for (ParameterSpec spec : declared) {
      String name = spec.name();
      float[] values = parameters.values(name);
      Shape shape = new Shape(spec.shape().stream().mapToLong(Integer::longValue).toArray());
      switch (spec.role()) {
        case TABLE -> tables.put(name, new EmbeddingTable(values, spec.shape().get(1), movable));
        case WEIGHT ->
            dense.put(name, TrainingEngine.copy(manager, FloatBuffer.wrap(values), shape));
        case STATISTIC ->
            statistics.put(name, TrainingEngine.copy(manager, FloatBuffer.wrap(values), shape));
      }
    }
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(tables.keySet());
    names.addAll(dense.keySet());
    names.addAll(statistics.keySet());
    return names;
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
          leaves.put(name, TrainingEngine.copy(step, table.gather(touched), shape));
        });
    dense.forEach((name, value) -> leaves.put(name, alias(step, value)));
    leaves.values().forEach(leaf -> leaf.setRequiresGradient(gradients));
    statistics.forEach((name, value) -> leaves.put(name, alias(step, value)));
    return leaves;
  }

  private static NDArray alias(NDManager step, NDArray value) {
    NDArray alias = value.stopGradient();
    alias.attach(step);
    return alias;
  }

  /** Visits all values: those of tables are shared, the others copied. */
  void forEach(BiConsumer<String, float[]> visitor) {
    tables.forEach((name, table) -> visitor.accept(name, table.values()));
    dense.forEach((name, value) -> visitor.accept(name, TrainingEngine.values(value)));
    statistics.forEach((name, value) -> visitor.accept(name, TrainingEngine.values(value)));
  }

  /** A copy of all values. */
  Parameters snapshot() {
    Map<String, float[]> copies = new LinkedHashMap<>();
    forEach((name, values) -> copies.put(name, tables.containsKey(name) ? values.clone() : values));
    return new Parameters(copies);
  }

  /**
   * Takes over other values of all parameters and leaves its own in their place.
   *
   * @param others by name; if it is empty nothing changes
   */
  void exchange(Map<String, float[]> others) {
    if (others.isEmpty()) {
      return;
    }
    forEach(
        (name, values) -> {
          float[] other = others.get(name);
          float[] own = values.clone();
          set(name, other);
          System.arraycopy(own, 0, other, 0, own.length);
        });
  }

  @Override
  public void save(TrainingState state) {
    forEach((name, values) -> state.put(PREFIX + name, values));
  }

  @Override
  public void restore(TrainingState state) {
    names().forEach(name -> set(name, state.tensor(PREFIX + name)));
  }

  private void set(String name, float[] values) {
    EmbeddingTable table = tables.get(name);
    if (table != null) {
      System.arraycopy(values, 0, table.values(), 0, values.length);
    } else {
      NDArray weight = dense.get(name);
      set(weight != null ? weight : statistics.get(name), values);
    }
  }

  /** Changes the values of an array in place. */
  static void set(NDArray array, float[] values) {
    array.intern(
        TrainingEngine.copy(array.getManager(), FloatBuffer.wrap(values), array.getShape()));
  }
}
