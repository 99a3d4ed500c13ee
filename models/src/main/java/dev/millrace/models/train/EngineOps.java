package dev.millrace.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import dev.millrace.models.network.Initializer;
import dev.millrace.models.network.TensorOps;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The interpreter that computes on the engine. Results belong to the manager of their arguments, so
 * closing that manager ends the step.
 *
 * @param leaves parameters by name; of a table possibly only some rows
 * @param rows ids into the tables of {@code leaves}, {@code [batch, lookups]}
 * @param weights of the lookups, {@code [batch, lookups]}
 * @param training whether dropout drops, and batch normalisation takes and keeps its statistics
 */
record EngineOps(Map<String, NDArray> leaves, NDArray rows, NDArray weights, boolean training)
    implements TensorOps<NDArray> {
  /**
   * Rows up to this long are normalised as columns: the engine takes rows one by one, which for a
   * handful of fields costs about as much as the projections, but many columns at once.
   */
  private static final int SHORT_ROW = 16;

  @Override
  public NDArray lookup(String table, Initializer initializer, int dim) {
    return Embedding.embedding(rows, leaves.get(table), SparseFormat.DENSE).singletonOrThrow();
  }

  @Override
  public NDArray parameter(String name, Initializer initializer, int... shape) {
    return leaves.get(name);
  }

  @Override
  public NDArray constant(float[] values, int... shape) {
    return TrainingEngine.copy(rows.getManager(), FloatBuffer.wrap(values), shape(shape));
  }

  @Override
  public NDArray matmul(NDArray left, NDArray right) {
    return left.matMul(right);
  }

  @Override
  public NDArray add(NDArray left, NDArray right) {
    return left.add(right);
  }

  @Override
  public NDArray mul(NDArray left, NDArray right) {
    return left.mul(right);
  }

  @Override
  public NDArray scale(NDArray tensor, double factor) {
    return tensor.mul(factor);
  }

  @Override
  public NDArray relu(NDArray tensor) {
    return Activation.relu(tensor);
  }

  @Override
  public NDArray tanh(NDArray tensor) {
    return Activation.tanh(tensor);
  }

  @Override
  public NDArray sigmoid(NDArray tensor) {
    return Activation.sigmoid(tensor);
  }

  @Override
  public NDArray clip(NDArray tensor, double least, double most) {
    return tensor.clip(least, most);
  }

  @Override
  public NDArray softmax(NDArray tensor) {
    Shape shape = tensor.getShape();
    long length = shape.get(shape.dimension() - 1);
    if (length > SHORT_ROW) {
      return tensor.softmax(-1);
    }
    NDArray columns = tensor.reshape(-1, length).transpose();
    return columns.softmax(0).transpose().reshape(shape);
  }

  @Override
  public NDArray transpose(NDArray tensor, int... axes) {
    return tensor.transpose(axes);
  }

  @Override
  public NDArray reshape(NDArray tensor, int... shape) {
    return tensor.reshape(shape(shape));
  }

  @Override
  public NDArray concat(List<NDArray> tensors, int axis) {
    return NDArrays.concat(new NDList(tensors), axis);
  }

  @Override
  public NDArray select(NDArray tensor, int axis, int... indices) {
    long[] along = new long[tensor.getShape().dimension()];
    Arrays.fill(along, 1);
    along[axis] = indices.length;
    long[] selected = tensor.getShape().getShape().clone();
    selected[axis] = indices.length;
    long[] wide = Arrays.stream(indices).asLongStream().toArray();
    NDArray index = TrainingEngine.copy(rows.getManager(), LongBuffer.wrap(wide), new Shape(along));
    return tensor.gather(index.broadcast(new Shape(selected)), axis);
  }

  @Override
  public NDArray sum(NDArray tensor, int axis) {
    return tensor.sum(new int[] {axis});
  }

  @Override
  public NDArray convolve(NDArray tensor, NDArray kernel, NDArray bias) {
    long rows = kernel.getShape().get(2);
    Shape unit = new Shape(1, 1);
    // The engine pads both sides alike: for an even kernel one row too many above.
    NDArray convolved =
        Conv2d.conv2d(tensor, kernel, bias, unit, new Shape(rows / 2, 0), unit).singletonOrThrow();
    return rows % 2 == 1 ? convolved : convolved.get(":, :, 1:");
  }

  @Override
  public NDArray maxPool(NDArray tensor, int size, int padding) {
    // Padded here, because the engine's own padding ends at half a window.
    NDArray padded =
        padding == 0
            ? tensor
            : tensor.pad(new Shape(0, 0, padding, padding), Double.NEGATIVE_INFINITY);
    Shape window = new Shape(size, 1);
    return Pool.maxPool2d(padded, window, window, new Shape(0, 0), false);
  }

  @Override
  public NDArray batchNorm(NDArray tensor, String name, double epsilon, double momentum) {
    // The engine's momentum is the share that the running statistics keep.
    float kept = (float) (1 - momentum);
    return BatchNorm.batchNorm(
            tensor,
            leaves.get(name + ".mean"),
            leaves.get(name + ".variance"),
            leaves.get(name + ".gain"),
            leaves.get(name + ".bias"),
            1,
            kept,
            (float) epsilon,
            training)
        .singletonOrThrow();
  }

  @Override
  public NDArray layerNorm(NDArray tensor, NDArray gain, NDArray bias, double epsilon) {
    return LayerNorm.layerNorm(tensor, gain.getShape(), gain, bias, (float) epsilon)
        .singletonOrThrow();
  }

  @Override
  public NDArray dropout(NDArray tensor, double rate) {
    if (!training || rate == 0) {
      return tensor;
    }
    return Dropout.dropout(tensor, (float) rate, true).singletonOrThrow();
  }

  private static Shape shape(int... dimensions) {
    return new Shape(Arrays.stream(dimensions).asLongStream().toArray());
  }
}
