package dev.millrace.models.network;

import static dev.millrace.models.network.TensorOps.BATCH;

import java.util.List;
import java.util.Map;

/**
 * DeepFM: a factorization machine and a multi-layer perceptron on the same embeddings, their logits
 * summed.
 *
 * <p>Guo et al., "DeepFM: A Factorization-Machine based Neural Network for CTR Prediction", IJCAI
 * 2017, section 2.1.
 *
 * @param linear whether there is the first-order term, as in the paper; OptFS's code has none
 * @param hidden units of each hidden layer, at least 1 each
 * @param dropout dropout rate behind each hidden layer, in [0, 1)
 */
public record DeepFm(boolean linear, List<Integer> hidden, double dropout) implements Network {
  public DeepFm {
    hidden = Rule.units("hidden", hidden);
    Rule.dropoutRate("dropout", dropout);
  }

  /** The size of the paper's experiments (section 3.1). */
  public static DeepFm ofPaper() {
    return new DeepFm(true, List.of(400, 400, 400), 0.5);
  }

  @Override
  public String name() {
    return "deepfm";
  }

  @Override
  public Map<String, String> configuration() {
    return Options.of(this);
  }

  @Override
  public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
    T fields = Embedding.tokens(ops, layout);
    int width = layout.tokens() * layout.dim();
    T deep = Dense.mlp(ops, ops.reshape(fields, BATCH, width), width, hidden, dropout);
    T logit = ops.add(FactorizationMachine.pairs(ops, fields), deep);
    return linear ? ops.add(Embedding.linear(ops, layout), logit) : logit;
  }
}
