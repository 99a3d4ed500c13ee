package dev.millrace.models.network;

/** The embedding layer that networks share. */
final class Embedding {
  /** Spread of fresh embedding values: small, so that logits start near the log odds of 1/2. */
  static final Initializer INITIAL = new Initializer.Uniform(0.05);

  private Embedding() {}

  /** The tokens of the examples, {@code [batch, tokens, dim]}. */
  static <T> T tokens(TensorOps<T> ops, EmbeddingLayout layout, String table, int dim) {
    T rows = ops.lookup(table, INITIAL, dim);
    if (layout.weighted()) {
      rows = ops.mul(rows, ops.reshape(ops.weights(), TensorOps.BATCH, layout.lookups(), 1));
    }
    if (layout.oneLookupPerToken()) {
      return rows;
    }
    return ops.matmul(ops.constant(layout.pooling(), layout.tokens(), layout.lookups()), rows);
  }
}
