package dev.millrace.models.network;

import java.util.Map;

/** A ranking network: from the embedding rows of an example to the logit of a click. */
public interface Network {
  /** Name by which configuration and bundles know the network, for example {@code autoint}. */
  String name();

  /** Everything that tells this network from others of its name, by the names of its options. */
  Map<String, String> configuration();

  /**
   * Builds the network.
   *
   * @return the logits, {@code [batch, 1]}
   */
  <T> T logit(TensorOps<T> ops, EmbeddingLayout layout);
}
