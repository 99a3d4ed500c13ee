package dev.millrace.models.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.models.calibrate.Isotonic.Knot;
import dev.millrace.models.evaluate.BinaryMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FittersTest {
  @Test
  void shouldRecoverTheSlopeAndOffsetOfTheTruth() {
    Sample sample = new Sample(3, 100_000, logit -> Platt.sigmoid(0.5 * logit - 1));
    Platt platt = (Platt) CalibrationMethod.PLATT.fit(sample.logits, sample.labels);
    // The standard errors are about 0.004 and 0.008.
    assertThat(platt.slope()).isCloseTo(0.5f, within(0.02f));
    assertThat(platt.offset()).isCloseTo(-1f, within(0.04f));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldEndWhereNoStepLowersPlattsLoss(long seed) {
    Sample sample = new Sample(seed, 60, logit -> Platt.sigmoid(logit));
    Platt platt = (Platt) CalibrationMethod.PLATT.fit(sample.logits, sample.labels);
    double least = plattLoss(sample, platt.slope(), platt.offset());
    for (double step : new double[] {-0.01, 0.01}) {
      assertThat(plattLoss(sample, platt.slope() + step, platt.offset()))
          .as("seed %d", seed)
          .isGreaterThan(least);
      assertThat(plattLoss(sample, platt.slope(), platt.offset() + step))
          .as("seed %d", seed)
          .isGreaterThan(least);
    }
  }

  @Test
  void shouldKeepTheSlopeFiniteWhereLogitsPartTheClasses() {
    float[] logits = {-2, -1, 1, 2};
    Platt platt = (Platt) CalibrationMethod.PLATT.fit(logits, new float[] {0, 0, 1, 1});
    assertThat(platt.slope()).isBetween(0.5f, 5f);
    // Platt's target of two clicks is (2 + 1) / (2 + 2).
    assertThat(platt.apply(2)).isBetween(0.7f, 0.9f);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldPoolAsTheDefinitionSays(long seed) {
    // Few logits, so that they tie, all of them on the grid.
    Sample sample = new Sample(seed, 200, logit -> Platt.sigmoid(logit)).rounded();
    Isotonic isotonic = (Isotonic) CalibrationMethod.ISOTONIC.fit(sample.logits, sample.labels);
    double weighted = 0;
    for (Knot knot : isotonic.knots()) {
      double least = 1.0 / 202;
      double oracle = Math.min(Math.max(minMax(sample, knot.logit()), least), 1 - least);
      assertThat((double) knot.probability()).as("seed %d", seed).isCloseTo(oracle, within(1e-6));
      weighted += knot.probability();
    }
    assertThat(weighted).isPositive();
  }

  @Test
  void shouldMakeWrongProbabilitiesAgreeWithClickRates() {
    Sample fitted = new Sample(8, 20_000, logit -> 0.05 + 0.3 * Platt.sigmoid(3 * logit));
    Sample fresh = new Sample(9, 20_000, logit -> 0.05 + 0.3 * Platt.sigmoid(3 * logit));
    double before = logLoss(Calibration.NONE, fresh);
    double platt = logLoss(CalibrationMethod.PLATT.fit(fitted.logits, fitted.labels), fresh);
    double isotonic = logLoss(CalibrationMethod.ISOTONIC.fit(fitted.logits, fitted.labels), fresh);
    assertThat(platt).isLessThan(before - 0.1);
    // The truth is no sigmoid from 0 to 1, which isotonic calibration does not mind.
    assertThat(isotonic).isLessThan(platt);
  }

  @Test
  void shouldKeepProbabilitiesOffZeroAndOne() {
    float[] logits = {-2, -1, 1, 2};
    Isotonic isotonic = (Isotonic) CalibrationMethod.ISOTONIC.fit(logits, new float[] {0, 0, 1, 1});
    assertThat(isotonic.apply(-9)).isEqualTo((float) (1.0 / 6));
    assertThat(isotonic.apply(9)).isCloseTo((float) (5.0 / 6), within(1e-6f));
  }

  @Test
  void shouldThinManyKnotsAndStayClose() {
    List<Knot> knots = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      float logit = (i - 2500) / 500f;
      knots.add(new Knot(logit, (float) Platt.sigmoid(1.3 * logit - 1)));
    }
    Isotonic thinned = new Isotonic(IsotonicFitter.thin(knots));
    assertThat(thinned.knots()).hasSizeBetween(100, Isotonic.MOST_KNOTS);
    for (Knot knot : knots) {
      assertThat(thinned.apply(knot.logit())).isCloseTo(knot.probability(), within(1e-4f));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void shouldRefuseWhatCannotBeFitted(CalibrationMethod method) {
    assertThatThrownBy(() -> method.fit(new float[] {1, 2}, new float[] {0, 0}))
        .hasMessage("labels must hold both classes, found 0 clicks in 2 rows");
    assertThatThrownBy(() -> method.fit(new float[] {1, 1}, new float[] {0, 1}))
        .hasMessage("logits must not all be equal, found 1.0 only");
    assertThatThrownBy(() -> method.fit(new float[] {1, Float.NaN}, new float[] {0, 1}))
        .hasMessage("logits[1] must be finite, found NaN");
    assertThatThrownBy(() -> method.fit(new float[] {1, 2}, new float[] {0, 2}))
        .hasMessage("labels[1] must be 0 or 1, found 2.0");
    assertThatThrownBy(() -> method.fit(new float[] {1}, new float[] {0, 2}))
        .hasMessage("labels must be 1 long, found 2");
    assertThatThrownBy(() -> method.fit(new float[] {1, 2}, new float[] {1, 0}))
        .hasMessageStartingWith("logits must rise with the labels to be calibrated, found ");
  }

  /** The value of isotonic regression at a logit: the greatest of the least means around it. */
  private static double minMax(Sample sample, float at) {
    double[] logits = new double[sample.logits.length];
    Arrays.setAll(logits, i -> sample.logits[i]);
    double[] distinct = Arrays.stream(logits).distinct().sorted().toArray();
    // A knot lies at the centre of its block, whose logits all share its value.
    double nearest = distinct[0];
    for (double logit : distinct) {
      nearest = logit <= at ? logit : nearest;
    }
    double greatest = 0;
    for (double from : distinct) {
      double least = 1;
      for (double to : distinct) {
        if (from <= nearest && to >= nearest) {
          least = Math.min(least, mean(sample, from, to));
        }
      }
      greatest = from <= nearest ? Math.max(greatest, least) : greatest;
    }
    return greatest;
  }

  private static double mean(Sample sample, double from, double to) {
    double clicks = 0;
    double rows = 0;
    for (int i = 0; i < sample.logits.length; i++) {
      if (sample.logits[i] >= from && sample.logits[i] <= to) {
        clicks += sample.labels[i];
        rows++;
      }
    }
    return clicks / rows;
  }

  private static double plattLoss(Sample sample, double slope, double offset) {
    double clicks = 0;
    for (float label : sample.labels) {
      clicks += label;
    }
    double others = sample.labels.length - clicks;
    double loss = 0;
    for (int i = 0; i < sample.labels.length; i++) {
      double target = sample.labels[i] == 1 ? (clicks + 1) / (clicks + 2) : 1 / (others + 2);
      double probability = Platt.sigmoid(slope * sample.logits[i] + offset);
      loss -= target * Math.log(probability) + (1 - target) * Math.log1p(-probability);
    }
    return loss;
  }

  private static double logLoss(Calibration calibration, Sample sample) {
    float[] probabilities = new float[sample.logits.length];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = calibration.apply(sample.logits[i]);
    }
    return BinaryMetrics.of(probabilities, sample.labels).logLoss().getAsDouble();
  }

  private interface Truth {
    double probability(double logit);
  }

  private static final class Sample {
    private final float[] logits;
    private final float[] labels;

    Sample(long seed, int rows, Truth truth) {
      SplittableRandom random = new SplittableRandom(seed);
      logits = new float[rows];
      labels = new float[rows];
      for (int i = 0; i < rows; i++) {
        logits[i] = (float) (random.nextDouble() * 6 - 3);
        labels[i] = random.nextDouble() < truth.probability(logits[i]) ? 1 : 0;
      }
    }

    Sample rounded() {
      for (int i = 0; i < logits.length; i++) {
        logits[i] = Math.round(logits[i] * 8) / 8f;
      }
      return this;
    }
  }
}
