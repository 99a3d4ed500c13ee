package dev.millrace.serving;

import java.io.Serializable;

/**
 * How a scorer runs.
 *
 * @param intraOpThreads threads of one run; task slots run side by side, so 1 is best in a job
 * @param maxBatch examples of one run; larger batches are scored in parts
 */
public record ScorerSettings(int intraOpThreads, int maxBatch) implements Serializable {

  /** One thread, 1,024 examples a run. */
  public static final ScorerSettings DEFAULT = new ScorerSettings(1, 1024);

  public ScorerSettings {
    if (intraOpThreads < 1) {
      throw new IllegalArgumentException("intra-op-threads must be >= 1, found " + intraOpThreads);
    }
    if (maxBatch < 1) {
      throw new IllegalArgumentException("max-batch must be >= 1, found " + maxBatch);
    }
  }
}
