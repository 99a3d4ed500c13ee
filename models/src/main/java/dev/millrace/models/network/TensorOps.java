package dev.millrace.models.network;

import java.util.List;

/**
 * The tensor vocabulary that networks are written in.
 *
 * <p>Shapes are written outermost first; the first dimension of every tensor that depends on an
 * example is the batch, {@link #BATCH} where a shape has to be given. Numbers are floating point,
 * and binary operators broadcast from the right, as in NumPy. A malformed expression raises {@link
 * IllegalArgumentException} when the network's parameters are {@linkplain ParameterSpec#declaredBy
 * declared}, before anything runs.
 *
 * @param <T> a tensor, as the interpreter sees it
 */
public interface TensorOps<T> {
  /** The batch dimension in a shape: known only when the network runs. */
  int BATCH = -1;

  /**
   * The rows of an embedding table that the examples name.
   *
   * @param table name of the table, a parameter of shape {@code [layout.storedRows, dim]}
   * @return {@code [batch, lookups, dim]}, not yet weighted
   */
  T lookup(String table, Initializer initializer, int dim);

  /** The weight of each lookup, {@code [batch, lookups]}; only of a weighted layout. */
  T weights();

  /** A trained tensor; a name means one tensor, however often it is asked for. */
  T parameter(String name, Initializer initializer, int... shape);

  /** A tensor that is part of the network's structure; {@code values} in row-major order. */
  T constant(float[] values, int... shape);

  /** {@code [..., n, k] x [..., k, m] -> [..., n, m]}. */
  T matmul(T left, T right);

  T add(T left, T right);

  T mul(T left, T right);

  T scale(T tensor, double factor);

  T relu(T tensor);

  T tanh(T tensor);

  T sigmoid(T tensor);

  /** Values below {@code least} become {@code least}, values above {@code most} {@code most}. */
  T clip(T tensor, double least, double most);

  /** Softmax over the last axis. */
  T softmax(T tensor);

  /** Reorders the axes: axis {@code i} of the result is axis {@code axes[i]} of the argument. */
  T transpose(T tensor, int... axes);

  T reshape(T tensor, int... shape);

  /** Joins tensors along an axis; their other dimensions agree. */
  T concat(List<T> tensors, int axis);

  /** The slices of an axis that {@code indices} name, in their order; an index may come again. */
  T select(T tensor, int axis, int... indices);

  /** The sum over an axis, which goes away. */
  T sum(T tensor, int axis);

  /**
   * Correlates {@code [batch, in, height, width]} with a kernel {@code [out, in, rows, 1]} along
   * the height, the borders padded with zeros so that the height stays: {@code (rows - 1) / 2}
   * above and the rest below.
   *
   * @param bias {@code [out]}
   * @return {@code [batch, out, height, width]}
   */
  T convolve(T tensor, T kernel, T bias);

  /**
   * The largest value of each {@code size} neighbours along the height of {@code [batch, channels,
   * height, width]}; rows that are left over at the end are dropped.
   *
   * @param padding rows of negative infinity above, and as many below; less than {@code size}
   * @return {@code [batch, channels, (height + 2 * padding) / size, width]}
   */
  T maxPool(T tensor, int size, int padding);

  /**
   * Batch normalisation over all axes but axis 1 (Ioffe and Szegedy, 2015): by the statistics of
   * the batch while training, which move the running ones; else by the running ones.
   *
   * @param name of the parameters {@code .gain} and {@code .bias} and the statistics {@code .mean}
   *     and {@code .variance}, {@code [channels]} each
   * @param momentum share of the batch's statistics in the running ones
   */
  T batchNorm(T tensor, String name, double epsilon, double momentum);

  /**
   * Layer normalisation over the last axis: {@code (x - mean) / sqrt(variance + epsilon) * gain +
   * bias} with the biased variance.
   */
  T layerNorm(T tensor, T gain, T bias, double epsilon);

  /**
   * While training, zeroes each value with probability {@code rate} and divides the others by
   * {@code 1 - rate}; else the identity.
   */
  T dropout(T tensor, double rate);
}
