package dev.millrace.jobs.ranking;

import dev.millrace.serving.ScorerSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How requests are scored.
 *
 * @param scorer of the live release
 * @param linger how long a request waits for others to share its batch
 * @param explorationSeed of the policy that answers while no release is live
 */
public record RankingSettings(ScorerSettings scorer, Duration linger, long explorationSeed)
    implements Serializable {

  public RankingSettings {
    Objects.requireNonNull(scorer, "scorer");
    if (linger.toMillis() < 1) {
      throw new IllegalArgumentException(
          "linger must be >= 1 ms, found " + linger.toMillis() + " ms");
    }
  }
}
