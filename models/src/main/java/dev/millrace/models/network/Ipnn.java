package dev.millrace.models.network;

import static dev.millrace.models.network.TensorOps.BATCH;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * IPNN: a multi-layer perceptron on the fields and the inner products of all pairs of them.
 *
 * <p>Qu et al., "Product-based Neural Networks for User Response Prediction", ICDM 2016; here as
 * FGCNN (WWW 2019, section 3.4) and FuxiCTR have it, with the products themselves as inputs and in
 * the order (0,1), (0,2), ..., (1,2), ...
 *
 * @param hidden units of each hidden layer, at least 1 each
 * @param dropout dropout rate behind each hidden layer, in [0, 1)
 */
public record Ipnn(List<Integer> hidden, double dropout) implements FieldNetwork {
  public Ipnn {
    hidden = Rule.units("hidden", hidden);
    Rule.dropoutRate("dropout", dropout);
  }

  /** The classifier of FGCNN's experiments on Criteo. */
  public static Ipnn ofDefaults() {
    return new Ipnn(List.of(4096, 2048, 1024), 0);
  }

  @Override
  public String name() {
    return "ipnn";
  }

  @Override
  public Map<String, String> configuration() {
    return Options.of(this);
  }

  @Override
  public <T> T logit(TensorOps<T> ops, T fields, int count, int dim) {
    T flat = ops.reshape(fields, BATCH, count * dim);
    if (count == 1) {
      return Dense.mlp(ops, flat, dim, hidden, dropout);
    }
    T products = ops.matmul(fields, ops.transpose(fields, 0, 2, 1));
    int[] pairs = pairs(count);
    T distinct = ops.select(ops.reshape(products, BATCH, count * count), 1, pairs);
    T inputs = ops.concat(List.of(flat, distinct), 1);
    return Dense.mlp(ops, inputs, count * dim + pairs.length, hidden, dropout);
  }

  /** Where the pairs above the diagonal stand in the flattened matrix of all products. */
  private static int[] pairs(int count) {
    return IntStream.range(0, count)
        .flatMap(left -> IntStream.range(left + 1, count).map(right -> left * count + right))
        .toArray();
  }
}
