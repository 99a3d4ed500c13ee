package dev.millrace.models.network;

/** A network that is an embedding layer with a classifier behind it, and can serve as either. */
interface FieldNetwork extends Network, Classifier {
  @Override
  default <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
    return logit(ops, Embedding.tokens(ops, layout), layout.tokens(), layout.dim());
  }
}
