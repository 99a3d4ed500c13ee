package dev.millrace.models.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.models.calibrate.Isotonic.Knot;
import dev.millrace.models.evaluate.BinaryMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CalibrationTest {
  private static final Isotonic CURVE =
      new Isotonic(List.of(new Knot(-2, 0.1f), new Knot(0, 0.4f), new Knot(0.5f, 0.9f)));

  static List<Calibration> calibrations() {
    return List.of(Calibration.NONE, new Platt(0.7f, -1.25f), CURVE, finest());
  }

  @ParameterizedTest
  @MethodSource("calibrations")
  void shouldAgreeWithItsTensors(Calibration calibration) {
    SplittableRandom random = new SplittableRandom(11);
    float[][] logits = new float[2000][1];
    for (int i = 0; i < logits.length; i++) {
      logits[i][0] = (float) (random.nextDouble() * 20 - 10);
    }
    logits[0][0] = 1e30f;
    logits[1][0] = -1e30f;
    logits[2][0] = -2;
    float[][] probabilities = calibration.probability(FloatOps.create(), logits);
    for (int i = 0; i < logits.length; i++) {
      assertThat(probabilities[i][0])
          .as("seed 11, logit %s", logits[i][0])
          .isCloseTo(calibration.apply(logits[i][0]), within(1e-6f));
    }
  }

  @ParameterizedTest
  @MethodSource("calibrations")
  void shouldReadItsOwnConfiguration(Calibration calibration) {
    assertThat(Calibration.of(calibration.configuration())).isEqualTo(calibration);
  }

  @ParameterizedTest
  @MethodSource("calibrations")
  void shouldNeverFall(Calibration calibration) {
    float before = 0;
    for (int i = -3000; i <= 3000; i++) {
      float probability = calibration.apply(i / 256f);
      assertThat(probability).as("logit %s", i / 256f).isBetween(before, 1f);
      before = probability;
    }
  }

  @Test
  void shouldInterpolateBetweenKnotsAndStayBeyondThem() {
    assertThat(CURVE.apply(-5)).isEqualTo(0.1f);
    assertThat(CURVE.apply(-1)).isCloseTo(0.25f, within(1e-6f));
    assertThat(CURVE.apply(0.25f)).isCloseTo(0.65f, within(1e-6f));
    assertThat(CURVE.apply(9)).isCloseTo(0.9f, within(1e-6f));
  }

  @Test
  void shouldLeaveTheAucAlone() {
    SplittableRandom random = new SplittableRandom(21);
    float[] logits = new float[1000];
    float[] labels = new float[1000];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (random.nextDouble() * 4 - 2);
      labels[i] = random.nextDouble() < Platt.sigmoid(logits[i]) ? 1 : 0;
    }
    double before = auc(Calibration.NONE, logits, labels);
    assertThat(auc(new Platt(0.5f, 0.3f), logits, labels)).isCloseTo(before, within(1e-5));
    Calibration isotonic = CalibrationMethod.ISOTONIC.fit(logits, labels);
    assertThat(auc(isotonic, logits, labels)).isCloseTo(before, within(0.002));
  }

  @Test
  void shouldRefuseWhatIsNoCalibration() {
    assertRefused(Map.of(), "calibration.method must be given, found none");
    assertRefused(
        Map.of("method", "magic"),
        "calibration.method must be none, platt or isotonic, found 'magic'");
    assertRefused(
        Map.of("method", "none", "slope", "1"),
        "calibration must not have 'slope' with method none, found '1'");
    assertRefused(
        Map.of("method", "platt", "slope", "x", "offset", "0"),
        "calibration.slope must be a number, found 'x'");
    assertRefused(
        Map.of("method", "platt", "slope", "-1", "offset", "0"),
        "slope must be finite and > 0, found -1.0");
    assertRefused(
        Map.of("method", "isotonic", "logits", "1,2", "probabilities", "0.5"),
        "calibration.probabilities must be 2 numbers, found 1");
    assertRefused(
        Map.of("method", "isotonic", "logits", "1,1", "probabilities", "0.5,0.6"),
        "knots[1].logit must be finite and > 1.0, found 1.0");
    assertRefused(
        Map.of("method", "isotonic", "logits", "1,2", "probabilities", "0.5,0.4"),
        "knots[1].probability must be >= 0.5, found 0.4");
    assertRefused(
        Map.of("method", "isotonic", "logits", "1,2", "probabilities", "0.5,NaN"),
        "knots[1].probability must be in (0, 1), found NaN");
    assertRefused(
        Map.of("method", "isotonic", "logits", "1", "probabilities", "0.5"),
        "knots must be in [2, 256], found 1");
  }

  /** As many knots as there may be, as close together as they may come. */
  private static Isotonic finest() {
    List<Knot> knots = new ArrayList<>();
    for (int i = 0; i < Isotonic.MOST_KNOTS; i++) {
      knots.add(new Knot((i - 128) * 0x1p-6f, (i * i + 1) / 65_536f));
    }
    return new Isotonic(knots);
  }

  private static double auc(Calibration calibration, float[] logits, float[] labels) {
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = calibration.apply(logits[i]);
    }
    return BinaryMetrics.of(probabilities, labels).auc().getAsDouble();
  }

  private static void assertRefused(Map<String, String> configuration, String message) {
    assertThatThrownBy(() -> Calibration.of(configuration))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
