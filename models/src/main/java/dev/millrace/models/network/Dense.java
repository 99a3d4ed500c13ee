package dev.millrace.models.network;

import java.util.List;

/** Fully connected layers. */
final class Dense {
  private Dense() {}

  /** {@code x W + b}: {@code [..., in] -> [..., out]}. */
  static <T> T affine(TensorOps<T> ops, String name, T tensor, int in, int out) {
    T weight = ops.parameter(name + ".weight", Initializer.XAVIER_UNIFORM, in, out);
    T bias = ops.parameter(name + ".bias", Initializer.ZEROS, out);
    return ops.add(ops.matmul(tensor, weight), bias);
  }

  /** Hidden layers with ReLU and dropout: {@code [batch, in] -> [batch, last of hidden]}. */
  static <T> T hidden(TensorOps<T> ops, T tensor, int in, List<Integer> hidden, double dropout) {
    T values = tensor;
    int width = in;
    for (int layer = 0; layer < hidden.size(); layer++) {
      T sums = affine(ops, "mlp." + layer, values, width, hidden.get(layer));
      values = ops.dropout(ops.relu(sums), dropout);
      width = hidden.get(layer);
    }
    return values;
  }

  /** Hidden layers and a logit: {@code [batch, in] -> [batch, 1]}. */
  static <T> T mlp(TensorOps<T> ops, T tensor, int in, List<Integer> hidden, double dropout) {
    T values = hidden(ops, tensor, in, hidden, dropout);
    return affine(ops, "mlp." + hidden.size(), values, widthBehind(in, hidden), 1);
  }

  /** Values that hidden layers give for {@code in}. */
  static int widthBehind(int in, List<Integer> hidden) {
    return hidden.isEmpty() ? in : hidden.get(hidden.size() - 1);
  }
}
