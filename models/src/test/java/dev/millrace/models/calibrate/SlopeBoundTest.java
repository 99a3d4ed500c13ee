package dev.millrace.models.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlopeBoundTest {
  @Test
  void shouldLeaveWhatIsFlatEnough() {
    double[] rates = {0.1, 0.4, 0.8};
    assertThat(new SlopeBound(new double[] {0, 0.1, 0.3}, new double[] {1, 2, 3}).nearest(rates))
        .containsExactly(rates);
  }

  @Test
  void shouldMoveBothSidesOfAStepByTheirWeights() {
    // A rise of 0.8 within 0.1 may be 0.4: the lighter side gives three times as much.
    double[] nearest =
        new SlopeBound(new double[] {0, 0.1}, new double[] {1, 3}).nearest(new double[] {0, 0.8});
    assertThat(nearest).containsExactly(new double[] {0.3, 0.7}, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldBeNearerThanAnythingElseWithinTheBound(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = 2 + random.nextInt(40);
    double[] logits = random.doubles(size, 0, 0.3).sorted().toArray();
    double[] rates = random.doubles(size, 0.01, 0.99).sorted().toArray();
    double[] weights = random.doubles(size, 1, 50).toArray();
    double[] nearest = new SlopeBound(logits, weights).nearest(rates);
    for (int i = 1; i < size; i++) {
      double rise = nearest[i] - nearest[i - 1];
      double most = SlopeBound.MOST * (logits[i] - logits[i - 1]);
      assertThat(rise).as("seed %d, knot %d", seed, i).isBetween(0.0, most + 1e-12);
    }
    double least = distance(nearest, rates, weights);
    for (int i = 0; i < 200; i++) {
      double[] other = curve(random, logits);
      assertThat(distance(other, rates, weights)).as("seed %d", seed).isGreaterThan(least);
      // Towards it from the nearest: no step within a convex set comes nearer.
      double[] step = new double[size];
      Arrays.setAll(step, k -> nearest[k] + 0.01 * (other[k] - nearest[k]));
      assertThat(distance(step, rates, weights)).as("seed %d", seed).isGreaterThan(least - 1e-7);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void shouldKeepTheClickRateWhereLogitsLieClose(CalibrationMethod method) {
    SplittableRandom random = new SplittableRandom(4);
    float[] logits = new float[4_000];
    float[] labels = new float[4_000];
    for (int i = 0; i < logits.length; i++) {
      double share = random.nextDouble();
      logits[i] = (float) (0.02 * share);
      labels[i] = random.nextDouble() < share ? 1 : 0;
    }
    Calibration calibration = method.fit(logits, labels);
    double predicted =
        IntStream.range(0, 4_000).mapToDouble(i -> calibration.apply(logits[i])).sum();
    double clicks = IntStream.range(0, 4_000).mapToDouble(i -> labels[i]).sum();
    assertThat(predicted / clicks).isCloseTo(1, within(0.01));
    for (int i = -100; i < 300; i++) {
      float from = i * 1e-4f;
      float to = from + 1e-4f;
      double slope = (calibration.apply(to) - calibration.apply(from)) / ((double) to - from);
      assertThat(slope).as("logit %s", from).isBetween(0.0, SlopeBound.MOST * 1.01);
    }
    assertThat(List.of(calibration.apply(0), calibration.apply(0.02f))).isSorted();
  }

  private static double[] curve(SplittableRandom random, double[] logits) {
    double[] curve = new double[logits.length];
    curve[0] = random.nextDouble();
    for (int i = 1; i < curve.length; i++) {
      double most = SlopeBound.MOST * (logits[i] - logits[i - 1]);
      curve[i] = curve[i - 1] + most * random.nextDouble();
    }
    return curve;
  }

  private static double distance(double[] one, double[] two, double[] weights) {
    double distance = 0;
    for (int i = 0; i < one.length; i++) {
      distance += weights[i] * (one[i] - two[i]) * (one[i] - two[i]);
    }
    return distance;
  }
}
