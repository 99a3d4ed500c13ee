package dev.millrace.models.network;

import java.util.List;

/**
 * A parameter as its network declares it.
 *
 * @param name unique in the network
 * @param table whether it is an embedding table, of which a batch touches a few rows only
 * @param initializer how it starts
 * @param shape outermost dimension first; a table is {@code [rows, dim]}
 */
public record ParameterSpec(
    String name, boolean table, Initializer initializer, List<Integer> shape) {
  public ParameterSpec {
    shape = List.copyOf(shape);
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
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
