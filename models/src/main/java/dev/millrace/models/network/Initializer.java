package dev.millrace.models.network;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** How a parameter starts. */
public sealed interface Initializer {
  /** Zeros, as biases start. */
  Initializer ZEROS = new Constant(0);

  /** Ones, as gains start. */
  Initializer ONES = new Constant(1);

  /** Xavier's, for weights; see {@link XavierUniform}. */
  Initializer XAVIER_UNIFORM = new XavierUniform();

  /** Fills {@code values}, the row-major tensor of {@code shape}. */
  void fill(float[] values, List<Integer> shape, SplittableRandom random);

  /** One value everywhere. */
  record Constant(float value) implements Initializer {
    @Override
    public void fill(float[] values, List<Integer> shape, SplittableRandom random) {
      Arrays.fill(values, value);
    }
  }

  /** Uniform in {@code [-bound, bound)}. */
  record Uniform(double bound) implements Initializer {
    @Override
    public void fill(float[] values, List<Integer> shape, SplittableRandom random) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-bound, bound);
      }
    }
  }

  /**
   * Uniform with bound {@code sqrt(6 / (in + out))} for a weight {@code [in, out]} (Glorot and
   * Bengio, 2010, equation 16); of a kernel {@code [out, in, rows, columns]}, {@code in} and {@code
   * out} count the positions that it covers.
   */
  record XavierUniform() implements Initializer {
    @Override
    public void fill(float[] values, List<Integer> shape, SplittableRandom random) {
      if (shape.size() < 2) {
        throw new IllegalArgumentException("shape must have 2 dimensions or more, found " + shape);
      }
      long covered =
          shape.stream().skip(2).mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
      double units = (double) covered * (shape.get(0) + shape.get(1));
      new Uniform(Math.sqrt(6 / units)).fill(values, shape, random);
    }
  }
}
