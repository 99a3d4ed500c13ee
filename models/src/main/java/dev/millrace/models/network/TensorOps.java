package dev.millrace.models.network;

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
   * @param table name of the table, a parameter of shape {@code [layout.tableRows, dim]}
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

  /** Softmax over the last axis. */
  T softmax(T tensor);

  /** Reorders the axes: axis {@code i} of the result is axis {@code axes[i]} of the argument. */
  T transpose(T tensor, int... axes);

  T reshape(T tensor, int... shape);

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
