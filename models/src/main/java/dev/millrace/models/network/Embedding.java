package dev.millrace.models.network;

import static dev.millrace.models.network.TensorOps.BATCH;

/** The embedding layers that networks share. */
final class Embedding {
  /** Spread of fresh embedding values: small, so that logits start near the log odds of 1/2. */
  static final Initializer INITIAL = new Initializer.Uniform(0.05);

  private Embedding() {}

  /** The tokens of the examples, {@code [batch, tokens, dim]}. */
  static <T> T tokens(TensorOps<T> ops, EmbeddingLayout layout) {
    return tokens(ops, layout, "embedding");
  }

  /** The tokens by another table than the usual one, {@code [batch, tokens, dim]}. */
  static <T> T tokens(TensorOps<T> ops, EmbeddingLayout layout, String table) {
    T rows = weighted(ops, layout, ops.lookup(table, INITIAL, layout.dim()));
    if (layout.oneLookupPerToken()) {
      return rows;
    }
    return ops.matmul(ops.constant(layout.pooling(), layout.tokens(), layout.lookups()), rows);
  }

  /** The first-order term: a bias and one weight for each feature value, {@code [batch, 1]}. */
  static <T> T linear(TensorOps<T> ops, EmbeddingLayout layout) {
    T weights = weighted(ops, layout, ops.lookup("linear", Initializer.ZEROS, 1));
    return ops.add(ops.sum(weights, 1), ops.parameter("bias", Initializer.ZEROS, 1));
  }

  private static <T> T weighted(TensorOps<T> ops, EmbeddingLayout layout, T rows) {
    return layout.weighted()
        ? ops.mul(rows, ops.reshape(ops.weights(), BATCH, layout.lookups(), 1))
        : rows;
  }
}
