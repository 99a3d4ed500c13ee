package dev.millrace.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adam over all parameters of a network: on the heap for its tables, else on the engine. */
final class Optimizer implements TrainingState.Part {
  private static final String STEPS = "steps";
  private static final String FIRST = "first/";
  private static final String SECOND = "second/";

  private final AdamConfig config;
  private final Map<String, RowAdam> tables = new LinkedHashMap<>();
  private final Map<String, RowRule> rules = new LinkedHashMap<>();
  private final Map<String, DenseAdam> dense = new LinkedHashMap<>();
  private long steps;

  Optimizer(TrainingConfig config, EngineParameters parameters) {
    this.config = config.optimisation().adam();
    TrainingConfig.Loss loss = config.loss();
    RowRule rule = new RowRule(config.optimisation().rowUpdates(), Penalty.l2(loss.embeddingL2()));
    parameters
        .tables()
        .forEach(
            (name, table) -> {
              tables.put(name, new RowAdam(table));
              rules.put(name, rule);
            });
    parameters.dense().forEach((name, value) -> dense.put(name, new DenseAdam(value, loss.l2())));
  }

  /** Moves one table by another rule than the configured one. */
  void setRule(String table, RowRule rule) {
    rules.put(table, rule);
  }

  /** Steps taken. */
  long steps() {
    return steps;
  }

  /** Moves every parameter by the gradient of its leaf. */
  void step(
      NDManager manager, Map<String, NDArray> leaves, TouchedRows touched, double learningRate) {
    AdamStep step = AdamStep.of(config, learningRate, ++steps);
    tables.forEach(
        (name, adam) -> {
          try (NDArray gradient = leaves.get(name).getGradient()) {
            adam.update(gradient.toFloatArray(), touched, rules.get(name), step);
          }
        });
    dense.forEach(
        (name, adam) -> {
          try (NDArray gradient = leaves.get(name).getGradient()) {
            adam.update(manager, gradient, step);
          }
        });
  }

  @Override
  public void save(TrainingState state) {
    state.put(STEPS, steps);
    tables.forEach((name, adam) -> save(state, name, adam.firstMoment(), adam.secondMoment()));
    dense.forEach((name, adam) -> save(state, name, adam.firstMoment(), adam.secondMoment()));
  }

  private static void save(TrainingState state, String name, float[] first, float[] second) {
    state.put(FIRST + name, first);
    state.put(SECOND + name, second);
  }

  @Override
  public void restore(TrainingState state) {
    steps = state.getLong(STEPS);
    tables.forEach(
        (name, adam) -> adam.restore(state.tensor(FIRST + name), state.tensor(SECOND + name)));
    dense.forEach(
        (name, adam) -> adam.restore(state.tensor(FIRST + name), state.tensor(SECOND + name)));
  }
}
