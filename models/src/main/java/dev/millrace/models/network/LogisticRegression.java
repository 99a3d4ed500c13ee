package dev.millrace.models.network;

import java.util.Map;

/** Logistic regression: a bias and one weight for each feature value. */
public record LogisticRegression() implements Network {
  @Override
  public String name() {
    return "lr";
  }

  @Override
  public Map<String, String> configuration() {
    return Options.of(this);
  }

  @Override
  public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
    return Embedding.linear(ops, layout);
  }
}
