package dev.millrace.features.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.Bucketing;
import dev.millrace.features.catalog.FeatureCatalog;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BucketingFitterTest {
  private static final long SEED = 11;

  private final FeatureCatalog unfitted =
      FeatureCatalog.parse(
          """
          name: ages
          embedding: {kind: unified, buckets: 100, dim: 4}
          fields:
            - {name: user, kind: categorical, from: user-id}
            - {name: age, kind: numeric, from: context, bucketing: {kind: quantile, buckets: 4}}
          """,
          "ages.yaml");

  @Test
  void shouldCutIntoBucketsOfEqualSize() {
    assertThat(fit(100, IntStream.range(0, 100).asDoubleStream())).containsExactly(25., 50., 75.);
  }

  @Test
  void shouldMergeEqualQuantiles() {
    assertThat(fit(100, DoubleStream.of(1, 1, 1, 1, 1, 1, 5, 7))).containsExactly(5.0);
  }

  @Test
  void shouldLeaveOneBucketToAConstantOrMissingField() {
    assertThat(fit(100, DoubleStream.of(3, 3, 3))).isEmpty();
    assertThat(fit(100, DoubleStream.empty())).isEmpty();
  }

  /** 10,000 of 100,000 values: a quartile's standard error is 0.43% of the range. */
  @Test
  void shouldComeCloseFromASample() {
    List<Double> boundaries = fit(10_000, IntStream.range(0, 100_000).asDoubleStream());

    assertThat(boundaries).as("seed %d", SEED).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(boundaries.get(i))
          .as("seed %d", SEED)
          .isBetween(25_000.0 * (i + 1) - 2_500, 25_000.0 * (i + 1) + 2_500);
    }
  }

  @Test
  void shouldRepeatItselfUnderTheSameSeed() {
    assertThat(fit(50, IntStream.range(0, 5_000).asDoubleStream()))
        .isEqualTo(fit(50, IntStream.range(0, 5_000).asDoubleStream()));
  }

  @Test
  void shouldRefuseAnEmptySample() {
    assertThatThrownBy(() -> new BucketingFitter(unfitted, 0, SEED))
        .hasMessage("sampleSize must be >= 1, found 0");
  }

  private List<Double> fit(int sampleSize, DoubleStream values) {
    BucketingFitter fitter = new BucketingFitter(unfitted, sampleSize, SEED);
    fitter.add(new Object[] {"u1", null});
    values.forEach(value -> fitter.add(new Object[] {"u1", value}));
    FeatureCatalog fitted = fitter.fit();
    assertThat(fitted.isFitted()).isTrue();
    return ((Bucketing.Quantile) fitted.fields().get(1).bucketing().orElseThrow()).boundaries();
  }

  @Test
  void shouldScaleBetweenTheLeastAndTheGreatestValue() {
    assertThat(fitScaled(3L, -2.5, null, 7.0)).isEqualTo(new Bucketing.Scaled(-2.5, 7));
    assertThat(fitScaled(3L)).isEqualTo(new Bucketing.Scaled(3, 3));
    assertThat(fitScaled(new Object[] {null})).isEqualTo(new Bucketing.Scaled(0, 0));
  }

  private static Bucketing fitScaled(Object... values) {
    FeatureCatalog catalog =
        FeatureCatalog.parse(
            """
            name: times
            embedding: {kind: unified, buckets: 100, dim: 4}
            fields:
              - {name: time, kind: numeric, from: context, bucketing: {kind: min-max}}
            """,
            "times.yaml");
    BucketingFitter fitter = new BucketingFitter(catalog, 10, SEED);
    for (Object value : values) {
      fitter.add(new Object[] {value});
    }
    return fitter.fit().fields().get(0).bucketing().orElseThrow();
  }
}
