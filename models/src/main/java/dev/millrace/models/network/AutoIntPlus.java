package dev.millrace.models.network;

import static dev.millrace.models.network.TensorOps.BATCH;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * AutoInt+: AutoInt and a multi-layer perceptron on the same embeddings, their logits summed.
 *
 * <p>Song et al., CIKM 2019, section 5; the authors' code drops embeddings out once, for both.
 *
 * @param attention the AutoInt part; its embedding dropout serves both
 * @param hidden units of each hidden layer, at least 1 each
 * @param dropout dropout rate behind each hidden layer, in [0, 1)
 */
public record AutoIntPlus(AutoInt attention, List<Integer> hidden, double dropout)
    implements FieldNetwork {
  public AutoIntPlus {
    Objects.requireNonNull(attention, "attention");
    hidden = Rule.units("hidden", hidden);
    Rule.dropoutRate("dropout", dropout);
  }

  /** AutoInt as in the paper and, as there, two hidden layers, of the units that DeepFM has. */
  public static AutoIntPlus ofDefaults() {
    return new AutoIntPlus(AutoInt.ofPaper(), List.of(400, 400), 0);
  }

  @Override
  public String name() {
    return "autoint-plus";
  }

  @Override
  public Map<String, String> configuration() {
    return Options.of(this);
  }

  @Override
  public <T> T logit(TensorOps<T> ops, T fields, int count, int dim) {
    T shared = ops.dropout(fields, attention.embeddingDropout());
    T flat = ops.reshape(shared, BATCH, count * dim);
    T deep = Dense.mlp(ops, flat, count * dim, hidden, dropout);
    return ops.add(attention.attend(ops, shared, count, dim), deep);
  }
}
