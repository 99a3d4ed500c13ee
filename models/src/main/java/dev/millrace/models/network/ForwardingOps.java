package dev.millrace.models.network;

import java.util.List;

/** Hands every operation on; who extends it changes some. */
abstract class ForwardingOps<T> implements TensorOps<T> {
  private final TensorOps<T> ops;

  ForwardingOps(TensorOps<T> ops) {
    this.ops = ops;
  }

  @Override
  public T lookup(String table, Initializer initializer, int dim) {
    return ops.lookup(table, initializer, dim);
  }

  @Override
  public T weights() {
    return ops.weights();
  }

  @Override
  public T parameter(String name, Initializer initializer, int... shape) {
    return ops.parameter(name, initializer, shape);
  }

  @Override
  public T constant(float[] values, int... shape) {
    return ops.constant(values, shape);
  }

  @Override
  public T matmul(T left, T right) {
    return ops.matmul(left, right);
  }

  @Override
  public T add(T left, T right) {
    return ops.add(left, right);
  }

  @Override
  public T mul(T left, T right) {
    return ops.mul(left, right);
  }

  @Override
  public T scale(T tensor, double factor) {
    return ops.scale(tensor, factor);
  }

  @Override
  public T relu(T tensor) {
    return ops.relu(tensor);
  }

  @Override
  public T tanh(T tensor) {
    return ops.tanh(tensor);
  }

  @Override
  public T sigmoid(T tensor) {
    return ops.sigmoid(tensor);
  }

  @Override
  public T clip(T tensor, double least, double most) {
    return ops.clip(tensor, least, most);
  }

  @Override
  public T softmax(T tensor) {
    return ops.softmax(tensor);
  }

  @Override
  public T transpose(T tensor, int... axes) {
    return ops.transpose(tensor, axes);
  }

  @Override
  public T reshape(T tensor, int... shape) {
    return ops.reshape(tensor, shape);
  }

  @Override
  public T concat(List<T> tensors, int axis) {
    return ops.concat(tensors, axis);
  }

  @Override
  public T select(T tensor, int axis, int... indices) {
    return ops.select(tensor, axis, indices);
  }

  @Override
  public T sum(T tensor, int axis) {
    return ops.sum(tensor, axis);
  }

  @Override
  public T convolve(T tensor, T kernel, T bias) {
    return ops.convolve(tensor, kernel, bias);
  }

  @Override
  public T maxPool(T tensor, int size, int padding) {
    return ops.maxPool(tensor, size, padding);
  }

  @Override
  public T batchNorm(T tensor, String name, double epsilon, double momentum) {
    return ops.batchNorm(tensor, name, epsilon, momentum);
  }

  @Override
  public T layerNorm(T tensor, T gain, T bias, double epsilon) {
    return ops.layerNorm(tensor, gain, bias, epsilon);
  }

  @Override
  public T dropout(T tensor, double rate) {
    return ops.dropout(tensor, rate);
  }
}
