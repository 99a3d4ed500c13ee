package dev.millrace.models.network;

import static dev.millrace.models.network.TensorOps.BATCH;

import java.util.List;
import java.util.Map;

/**
 * A multi-layer perceptron on the concatenated fields.
 *
 * @param hidden units of each hidden layer, at least 1 each
 * @param dropout dropout rate behind each hidden layer, in [0, 1)
 */
public record Mlp(List<Integer> hidden, double dropout) implements FieldNetwork {
  public Mlp {
    hidden = Rule.units("hidden", hidden);
    Rule.dropoutRate("dropout", dropout);
  }

  /** The deep part of DeepFM's experiments (Guo et al., IJCAI 2017, section 3.1). */
  public static Mlp ofDefaults() {
    return new Mlp(List.of(400, 400, 400), 0.5);
  }

  @Override
  public String name() {
    return "mlp";
  }

  @Override
  public Map<String, String> configuration() {
    return Options.of(this);
  }

  @Override
  public <T> T logit(TensorOps<T> ops, T fields, int count, int dim) {
    T flat = ops.reshape(fields, BATCH, count * dim);
    return Dense.mlp(ops, flat, count * dim, hidden, dropout);
  }
}
