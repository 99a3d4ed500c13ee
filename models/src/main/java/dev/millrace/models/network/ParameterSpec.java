package dev.millrace.models.network;

import java.util.List;

/**
 * A parameter as its network declares it.
 *
 * @param name unique in the network
 * @param role what a training does with it
 * @param initializer how it starts
 * @param shape outermost dimension first; a table is {@code [rows, dim]}
 */
public record ParameterSpec(String name, Role role, Initializer initializer, List<Integer> shape) {
  /** What a training does with a parameter. */
  public enum Role {
    /** An embedding table, of which a batch touches a few rows only. */
    TABLE,
    /** A tensor that every batch uses and every gradient moves. */
    WEIGHT,
    /** A running mean or variance: batches move it, gradients do not. */
    STATISTIC
  }

  /**
   * A parameter is trained in one Java array, and this many elements is what every JVM allocates.
   */
  static final int MAX_VALUES = Integer.MAX_VALUE - 8;

  /**
   * @throws IllegalArgumentException when no array holds the parameter
   */
  public ParameterSpec {
    shape = List.copyOf(shape);
    // In double, for what options of any size multiply to.
    double values = 1;
    for (int dimension : shape) {
      Rule.atLeast(name + ": dimensions", 1, dimension);
      values *= dimension;
    }
    if (values > MAX_VALUES) {
      throw new IllegalArgumentException(
          "%s must hold <= %d values, found %.0f".formatted(name, MAX_VALUES, values));
    }
  }

  /**
   * The parameters of a network in the order of their first use.
   *
   * @throws IllegalArgumentException when the shapes of the network do not fit together
   */
  public static List<ParameterSpec> declaredBy(Network network, EmbeddingLayout layout) {
    ShapeOps shapes = new ShapeOps(layout);
    ShapeOps.requireLogit(network.logit(shapes, layout));
    return shapes.declared();
  }

  /** Number of values. */
  public long size() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, (left, right) -> left * right);
  }
}
