package dev.millrace.models.network;

import java.util.Map;

/**
 * Factorization machine: the first-order term and the inner products of all pairs of fields.
 *
 * <p>Rendle, "Factorization Machines", ICDM 2010, equation 1; the pairs by lemma 3.1.
 */
public record FactorizationMachine() implements Network {
  @Override
  public String name() {
    return "fm";
  }

  @Override
  public Map<String, String> configuration() {
    return Options.of(this);
  }

  @Override
  public <T> T logit(TensorOps<T> ops, EmbeddingLayout layout) {
    T fields = Embedding.tokens(ops, layout);
    return ops.add(Embedding.linear(ops, layout), pairs(ops, fields));
  }

  /**
   * The sum of the inner products of all pairs, as half of {@code |sum of fields|^2 - sum of
   * |field|^2}: linear in the fields.
   *
   * @param fields {@code [batch, fields, dim]}
   * @return {@code [batch, 1]}
   */
  static <T> T pairs(TensorOps<T> ops, T fields) {
    T sum = ops.sum(fields, 1);
    T squares = ops.sum(ops.mul(fields, fields), 1);
    T twice = ops.add(ops.mul(sum, sum), ops.scale(squares, -1));
    return ops.reshape(ops.scale(ops.sum(twice, 1), 0.5), TensorOps.BATCH, 1);
  }
}
