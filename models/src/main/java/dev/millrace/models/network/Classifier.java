package dev.millrace.models.network;

import java.util.Map;

/** What makes a logit of field embeddings, wherever they come from: a table or a generator. */
public interface Classifier {
  /** Name by which the options of a network choose the classifier, for example {@code ipnn}. */
  String name();

  /** Everything that tells this classifier from others of its name, by the names of its options. */
  Map<String, String> configuration();

  /**
   * Builds the classifier.
   *
   * @param fields the embeddings, {@code [batch, count, dim]}
   * @return the logits, {@code [batch, 1]}
   */
  <T> T logit(TensorOps<T> ops, T fields, int count, int dim);
}
