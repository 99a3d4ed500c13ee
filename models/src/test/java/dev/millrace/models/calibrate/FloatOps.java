package dev.millrace.models.calibrate;

import dev.millrace.models.network.TensorOps;
import java.lang.reflect.Proxy;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Computes the operations of calibrations on matrices, rounded to float as engines do. */
final class FloatOps {
  private FloatOps() {}

  @SuppressWarnings("unchecked") // The proxy takes and gives float[][] only.
  static TensorOps<float[][]> create() {
    return (TensorOps<float[][]>)
        Proxy.newProxyInstance(
            FloatOps.class.getClassLoader(),
            new Class<?>[] {TensorOps.class},
            (proxy, method, arguments) -> compute(method.getName(), arguments));
  }

  private static float[][] compute(String operation, Object[] arguments) {
    if (operation.equals("constant")) {
      return constant((float[]) arguments[0], (int[]) arguments[1]);
    }
    float[][] left = (float[][]) arguments[0];
    return switch (operation) {
      case "add" -> broadcast(left, (float[][]) arguments[1], (a, b) -> a + b);
      case "mul" -> broadcast(left, (float[][]) arguments[1], (a, b) -> a * b);
      case "matmul" -> matmul(left, (float[][]) arguments[1]);
      case "scale" -> each(left, value -> value * (float) (double) arguments[1]);
      case "sigmoid" -> each(left, value -> 1 / (1 + (float) Math.exp(-value)));
      case "clip" ->
          each(
              left,
              value -> Math.min(Math.max(value, (double) arguments[1]), (double) arguments[2]));
      default -> throw new AssertionError("no calibration was to need " + operation);
    };
  }

  private static float[][] constant(float[] values, int[] shape) {
    float[][] matrix = new float[shape[0]][shape[1]];
    for (int i = 0; i < values.length; i++) {
      matrix[i / shape[1]][i % shape[1]] = values[i];
    }
    return matrix;
  }

  private static float[][] each(float[][] matrix, DoubleUnaryOperator operator) {
    return broadcast(matrix, new float[][] {{0}}, (value, zero) -> operator.applyAsDouble(value));
  }

  private static float[][] broadcast(
      float[][] left, float[][] right, DoubleBinaryOperator operator) {
    int rows = Math.max(left.length, right.length);
    int columns = Math.max(left[0].length, right[0].length);
    float[][] result = new float[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[i][j] = (float) operator.applyAsDouble(at(left, i, j), at(right, i, j));
      }
    }
    return result;
  }

  private static float at(float[][] matrix, int row, int column) {
    return matrix[matrix.length == 1 ? 0 : row][matrix[0].length == 1 ? 0 : column];
  }

  private static float[][] matmul(float[][] left, float[][] right) {
    float[][] product = new float[left.length][right[0].length];
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right[0].length; j++) {
        for (int k = 0; k < right.length; k++) {
          product[i][j] += left[i][k] * right[k][j];
        }
      }
    }
    return product;
  }
}
