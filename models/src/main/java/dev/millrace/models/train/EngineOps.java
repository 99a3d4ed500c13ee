package dev.millrace.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import dev.millrace.models.network.Initializer;
import dev.millrace.models.network.TensorOps;
import java.util.Arrays;
import java.util.Map;

/**
 * The interpreter that computes on the engine. Results belong to the manager of their arguments, so
 * closing that manager ends the step.
 *
 * @param leaves parameters by name; of a table possibly only some rows
 * @param rows ids into the tables of {@code leaves}, {@code [batch, lookups]}
 * @param weights of the lookups, {@code [batch, lookups]}
 * @param training whether dropout drops
 */
record EngineOps(Map<String, NDArray> leaves, NDArray rows, NDArray weights, boolean training)
    implements TensorOps<NDArray> {
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
    return rows.getManager().create(values, shape(shape));
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
  public NDArray softmax(NDArray tensor) {
    return tensor.softmax(-1);
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
