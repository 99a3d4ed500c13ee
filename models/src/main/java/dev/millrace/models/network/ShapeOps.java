package dev.millrace.models.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    declare(new ParameterSpec(table, true, initializer, List.of(layout.tableRows(), dim)));
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
    declare(new ParameterSpec(name, false, initializer, Arrays.stream(shape).boxed().toList()));
    return shape.clone();
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

  private static void require(boolean holds, String rule, int[]... found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", found " + Arrays.deepToString(found));
    }
  }
}
