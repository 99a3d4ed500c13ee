package dev.millrace.models.evaluate;

import java.util.Objects;
import java.util.Optional;

/**
 * What an evaluation measures.
 *
 * @param binning of the reliability table
 * @param bins of the reliability table at most, in [1, 1000]
 * @param ndcgCutoff k of NDCG@k, in [1, 10000]
 * @param bootstrap of the confidence intervals; empty for none
 */
public record EvaluationConfig(
    Reliability.Binning binning, int bins, int ndcgCutoff, Optional<BootstrapConfig> bootstrap) {
  /** 15 bins of equal mass, NDCG@10, 95% intervals of 1,000 replicates. */
  public static final EvaluationConfig DEFAULT =
      new EvaluationConfig(
          Reliability.Binning.EQUAL_MASS, 15, 10, Optional.of(BootstrapConfig.DEFAULT));

  private static final int MOST_BINS = 1000;
  private static final int MOST_CUTOFF = 10_000;

  /** Of the intervals of click rates where there is no bootstrap. */
  private static final double PLAIN_CONFIDENCE = 0.95;

  /**
   * @throws IllegalArgumentException when a component breaks its rule
   */
  public EvaluationConfig {
    Objects.requireNonNull(binning, "binning");
    Objects.requireNonNull(bootstrap, "bootstrap");
    if (bins < 1 || bins > MOST_BINS) {
      throw new IllegalArgumentException(
          "bins must be in [1, %d], found %d".formatted(MOST_BINS, bins));
    }
    if (ndcgCutoff < 1 || ndcgCutoff > MOST_CUTOFF) {
      throw new IllegalArgumentException(
          "ndcgCutoff must be in [1, %d], found %d".formatted(MOST_CUTOFF, ndcgCutoff));
    }
  }

  /** Level of every interval. */
  double confidence() {
    return bootstrap.map(BootstrapConfig::confidence).orElse(PLAIN_CONFIDENCE);
  }

  /** The share of chance results that are taken for real: one less the confidence. */
  double significance() {
    // Without the rounding, 1 - 0.95 is 0.050000000000000044.
    return Math.round((1 - confidence()) * 1e9) / 1e9;
  }
}
