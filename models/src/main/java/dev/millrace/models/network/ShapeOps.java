package dev.millrace.models.network;

import dev.millrace.models.network.ParameterSpec.Role;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The interpreter that computes shapes only: it finds the parameters and checks the network. */
final class ShapeOps implements TensorOps<int[]> {
  private final EmbeddingLayout layout;
  private final Map<String, ParameterSpec> declared = new LinkedHashMap<>();

  ShapeOps(EmbeddingLayout layout) {
    this.layout = layout;
  }

  List<ParameterSpec> declared() {
    return List.copyOf(declared.values());
  }

  static void requireLogit(int[] shape) {
    require(Arrays.equals(shape, new int[] {BATCH, 1}), "logit must be [batch, 1]", shape);
  }

  @Override
  public int[] lookup(String table, Initializer initializer, int dim) {
    declare(new ParameterSpec(table, Role.TABLE, initializer, List.of(layout.storedRows(), dim)));
    return new int[] {BATCH, layout.lookups(), dim};
  }

  @Override
  public int[] weights() {
    if (!layout.weighted()) {
      throw new IllegalArgumentException("layout must be weighted to ask for weights, found plain");
    }
    return new int[] {BATCH, layout.lookups()};
  }

  @Override
  public int[] parameter(String name, Initializer initializer, int... shape) {
    return declare(name, Role.WEIGHT, initializer, shape);
  }

  @Override
  public int[] constant(float[] values, int... shape) {
    require(
        Arrays.stream(shape).reduce(1, Math::multiplyExact) == values.length,
        "constant must hold " + values.length + " values",
        shape);
    return shape.clone();
  }

  @Override
  public int[] matmul(int[] left, int[] right) {
    require(left.length >= 2 && right.length >= 2, "matmul takes matrices", left, right);
    int inner = left[left.length - 1];
    require(inner == right[right.length - 2], "inner dimensions must agree", left, right);
    int[] outer =
        broadcast(Arrays.copyOf(left, left.length - 2), Arrays.copyOf(right, right.length - 2));
    int[] product = Arrays.copyOf(outer, outer.length + 2);
    product[outer.length] = left[left.length - 2];
    product[outer.length + 1] = right[right.length - 1];
    return product;
  }

  @Override
  public int[] add(int[] left, int[] right) {
    return broadcast(left, right);
  }

  @Override
  public int[] mul(int[] left, int[] right) {
    return broadcast(left, right);
  }

  @Override
  public int[] scale(int[] tensor, double factor) {
    return tensor;
  }

  @Override
  public int[] relu(int[] tensor) {
    return tensor;
  }

  @Override
  public int[] tanh(int[] tensor) {
    return tensor;
  }

  @Override
  public int[] sigmoid(int[] tensor) {
    return tensor;
  }

  @Override
  public int[] clip(int[] tensor, double least, double most) {
    if (!(least <= most)) {
      throw new IllegalArgumentException(
          "least must be <= most, found %s and %s".formatted(least, most));
    }
    return tensor;
  }

  @Override
  public int[] softmax(int[] tensor) {
    return tensor;
  }

  @Override
  public int[] transpose(int[] tensor, int... axes) {
    int[] sorted = axes.clone();
    Arrays.sort(sorted);
    for (int axis = 0; axis < sorted.length; axis++) {
      require(sorted[axis] == axis, "axes must be a permutation", axes);
    }
    require(axes.length == tensor.length, "axes must be as many as dimensions", axes, tensor);
    return Arrays.stream(axes).map(axis -> tensor[axis]).toArray();
  }

  @Override
  public int[] reshape(int[] tensor, int... shape) {
    require(values(tensor) == values(shape), "reshape must keep the values", tensor, shape);
    return shape.clone();
  }

  @Override
  public int[] concat(List<int[]> tensors, int axis) {
    int[] joined = tensors.get(0).clone();
    requireAxis(joined, axis);
    for (int[] next : tensors.subList(1, tensors.size())) {
      int[] fitting = next.clone();
      if (fitting.length == joined.length) {
        fitting[axis] = joined[axis];
      }
      require(Arrays.equals(fitting, joined), "concat must join along axis " + axis, joined, next);
      joined[axis] += next[axis];
    }
    return joined;
  }

  @Override
  public int[] select(int[] tensor, int axis, int... indices) {
    requireAxis(tensor, axis);
    for (int index : indices) {
      require(
          index >= 0 && index < tensor[axis], "select must stay on axis " + axis, tensor, indices);
    }
    int[] selected = tensor.clone();
    selected[axis] = indices.length;
    return selected;
  }

  @Override
  public int[] sum(int[] tensor, int axis) {
    requireAxis(tensor, axis);
    return IntStream.range(0, tensor.length)
        .filter(kept -> kept != axis)
        .map(kept -> tensor[kept])
        .toArray();
  }

  @Override
  public int[] convolve(int[] tensor, int[] kernel, int[] bias) {
    require(
        tensor.length == 4 && kernel.length == 4 && kernel[1] == tensor[1] && kernel[3] == 1,
        "kernel must be [out, in, rows, 1] for [batch, in, height, width]",
        tensor,
        kernel);
    require(bias.length == 1 && bias[0] == kernel[0], "bias must be [out]", kernel, bias);
    return new int[] {tensor[0], kernel[0], tensor[2], tensor[3]};
  }

  @Override
  public int[] maxPool(int[] tensor, int size, int padding) {
    Rule.atLeast("size", 1, size);
    require(tensor.length == 4, "maxPool takes [batch, channels, height, width]", tensor);
    require(
        padding >= 0 && padding < size, "padding must be below size", new int[] {padding, size});
    int height = (tensor[2] + 2 * padding) / size;
    require(height >= 1, "maxPool by " + size + " must leave a height", tensor);
    return new int[] {tensor[0], tensor[1], height, tensor[3]};
  }

  @Override
  public int[] batchNorm(int[] tensor, String name, double epsilon, double momentum) {
    require(tensor.length >= 2, "batchNorm takes [batch, channels, ...]", tensor);
    declare(name + ".gain", Role.WEIGHT, Initializer.ONES, tensor[1]);
    declare(name + ".bias", Role.WEIGHT, Initializer.ZEROS, tensor[1]);
    declare(name + ".mean", Role.STATISTIC, Initializer.ZEROS, tensor[1]);
    declare(name + ".variance", Role.STATISTIC, Initializer.ONES, tensor[1]);
    return tensor;
  }

  @Override
  public int[] layerNorm(int[] tensor, int[] gain, int[] bias, double epsilon) {
    int[] last = {tensor[tensor.length - 1]};
    require(
        Arrays.equals(gain, last) && Arrays.equals(bias, last),
        "gain and bias must have the last dimension",
        tensor,
        gain,
        bias);
    return tensor;
  }

  @Override
  public int[] dropout(int[] tensor, double rate) {
    Rule.dropoutRate("dropout", rate);
    return tensor;
  }

  private int[] declare(String name, Role role, Initializer initializer, int... shape) {
    declare(new ParameterSpec(name, role, initializer, Arrays.stream(shape).boxed().toList()));
    return shape.clone();
  }

  private void declare(ParameterSpec spec) {
    ParameterSpec known = declared.putIfAbsent(spec.name(), spec);
    if (known != null && !known.equals(spec)) {
      throw new IllegalArgumentException(
          spec.name() + " must be declared once, found " + known + " and " + spec);
    }
  }

  private static int[] broadcast(int[] left, int[] right) {
    int[] shape = new int[Math.max(left.length, right.length)];
    for (int back = 1; back <= shape.length; back++) {
      int a = back <= left.length ? left[left.length - back] : 1;
      int b = back <= right.length ? right[right.length - back] : 1;
      require(a == b || a == 1 || b == 1, "shapes must broadcast", left, right);
      shape[shape.length - back] = a == 1 ? b : a;
    }
    return shape;
  }

  /** Values of a shape; those of one example, negated, when it has a batch dimension. */
  private static long values(int[] shape) {
    return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
  }

  /** The batch is no axis to join, select from or sum over: examples are scored one by one. */
  private static void requireAxis(int[] tensor, int axis) {
    require(
        axis >= 1 && axis < tensor.length, "axis " + axis + " must be behind the batch", tensor);
  }

  private static void require(boolean holds, String rule, int[]... found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", found " + Arrays.deepToString(found));
    }
  }
}
