package dev.millrace.models.evaluate;

/**
 * How confidence intervals are drawn.
 *
 * @param replicates how often the rows are drawn again; enough that a tail beyond the interval
 *     holds one at least
 * @param confidence level of the intervals, in (0, 1)
 * @param seed of the draws
 */
public record BootstrapConfig(int replicates, double confidence, long seed) {
  /** 1,000 replicates, 95%. */
  public static final BootstrapConfig DEFAULT = new BootstrapConfig(1000, 0.95, 1);

  /**
   * @throws IllegalArgumentException when a component breaks its rule
   */
  public BootstrapConfig {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be in (0, 1), found " + confidence);
    }
    int least = (int) Math.ceil(2 / (1 - confidence));
    if (replicates < least) {
      throw new IllegalArgumentException(
          "replicates must be >= %d for confidence %s, found %d"
              .formatted(least, confidence, replicates));
    }
  }
}
