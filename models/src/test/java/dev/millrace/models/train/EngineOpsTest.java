package dev.millrace.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations whose borders or state the golden vectors do not reach. */
class EngineOpsTest {
  private static final double EXACT = 1e-12;

  private final NDManager manager = TrainingEngine.newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void shouldMoveTheRunningStatisticsWhileItTrains() {
    Map<String, NDArray> leaves = normalisation();
    NDArray values = vector(1, 2, 6).reshape(3, 1);
    NDArray normalised = ops(leaves, true).batchNorm(values, "norm", 0, 0.25);
    // The batch has mean 3, variance 14 / 3 and, unbiased, 7.
    assertThat(normalised.toDoubleArray()[2])
        .isCloseTo(10 + 2 * 3 / Math.sqrt(14 / 3.0), within(EXACT));
    assertThat(leaves.get("norm.mean").getDouble()).isCloseTo(0.25 * 3, within(EXACT));
    assertThat(leaves.get("norm.variance").getDouble())
        .isCloseTo(0.75 * 4 + 0.25 * 7, within(EXACT));
  }

  @Test
  void shouldNormaliseByTheRunningStatisticsAndLeaveThemElse() {
    Map<String, NDArray> leaves = normalisation();
    NDArray values = vector(1, 2, 6).reshape(3, 1);
    NDArray normalised = ops(leaves, false).batchNorm(values, "norm", 0, 0.25);
    // (value - 0) / sqrt(4) * 2 + 10
    assertThat(normalised.toDoubleArray())
        .containsExactly(new double[] {11, 12, 16}, within(EXACT));
    assertThat(leaves.get("norm.mean").toDoubleArray()).containsExactly(0);
    assertThat(leaves.get("norm.variance").toDoubleArray()).containsExactly(4);
  }

  @Test
  void shouldPadAnEvenKernelMoreBelow() {
    NDArray column = vector(1, 2, 3).reshape(1, 1, 3, 1);
    NDArray kernel = vector(1, 10, 100, 1000).reshape(1, 1, 4, 1);
    NDArray convolved = ops(Map.of(), false).convolve(column, kernel, vector(0));
    // One zero above and two below: 0 1 2 3 0 0.
    assertThat(convolved.toDoubleArray()).containsExactly(3210, 321, 32);
  }

  @Test
  void shouldPoolOverInfinitePadding() {
    NDArray column = vector(-5, -4, -3, -2, -1).reshape(1, 1, 5, 1);
    NDArray pooled = ops(Map.of(), false).maxPool(column, 3, 2);
    assertThat(pooled.toDoubleArray()).containsExactly(-5, -2, -1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 17, 40})
  void shouldNormaliseRowsOfAnyLength(int length) {
    double[] values = new double[2 * 3 * length];
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 + Math.sin(i);
    }
    NDArray found = ops(Map.of(), false).softmax(vector(values).reshape(2, 3, length));
    assertThat(found.getShape()).isEqualTo(new Shape(2, 3, length));
    for (int row = 0; row < 6; row++) {
      double sum = 0;
      for (int i = row * length; i < (row + 1) * length; i++) {
        sum += Math.exp(values[i]);
      }
      for (int i = row * length; i < (row + 1) * length; i++) {
        assertThat(found.toDoubleArray()[i]).isCloseTo(Math.exp(values[i]) / sum, within(EXACT));
      }
    }
  }

  @Test
  void shouldSelectAnIndexTwiceOnAnyAxis() {
    NDArray values = vector(0, 1, 2, 3, 4, 5).reshape(1, 2, 3);
    assertThat(ops(Map.of(), false).select(values, 2, 2, 0, 2).toDoubleArray())
        .containsExactly(2, 0, 2, 5, 3, 5);
    assertThat(ops(Map.of(), false).select(values, 1, 1).toDoubleArray()).containsExactly(3, 4, 5);
  }

  private EngineOps ops(Map<String, NDArray> leaves, boolean training) {
    NDArray none = manager.create(new int[] {0}, new Shape(1, 1));
    return new EngineOps(leaves, none, vector(1).reshape(1, 1), training);
  }

  /** Gain 2, bias 10, running mean 0 and variance 4 of one channel. */
  private Map<String, NDArray> normalisation() {
    return Map.of(
        "norm.gain", vector(2),
        "norm.bias", vector(10),
        "norm.mean", vector(0),
        "norm.variance", vector(4));
  }

  private NDArray vector(double... values) {
    return manager.create(values);
  }
}
