package dev.millrace.features.data;

import com.dynatrace.hash4j.hashing.Hashing;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The draws that fill in what a log does not hold. Each impression has a generator of its own,
 * seeded by the seed and its id, so that its draws depend on no other impression.
 *
 * @param candidatesPerRequest at least 1
 */
record InteractionDraws(int candidatesPerRequest, long seed) {

  InteractionDraws {
    if (candidatesPerRequest < 1) {
      throw new IllegalArgumentException(
          "candidatesPerRequest must be >= 1, found " + candidatesPerRequest);
    }
  }

  ForImpression forImpression(String impressionId) {
    return new ForImpression(
        candidatesPerRequest,
        new SplittableRandom(Hashing.xxh3_64(seed).hashCharsToLong(impressionId)));
  }

  /**
   * The draws of one impression; the delay comes first, so it does not depend on the candidates.
   */
  static final class ForImpression {
    private static final long MIN_DELAY_MILLIS = 1_000;
    private static final long END_DELAY_MILLIS = 60_000;

    private final int candidatesPerRequest;
    private final SplittableRandom random;
    private final Duration clickDelay;

    private ForImpression(int candidatesPerRequest, SplittableRandom random) {
      this.candidatesPerRequest = candidatesPerRequest;
      this.random = random;
      clickDelay = Duration.ofMillis(random.nextLong(MIN_DELAY_MILLIS, END_DELAY_MILLIS));
    }

    Duration clickDelay() {
      return clickDelay;
    }

    /**
     * Distinct items in random order, the shown one among them, the others uniform (R. Floyd's
     * sampling, Bentley, CACM 30(9), 1987).
     *
     * @param shown index of the logged item, in [0, items)
     */
    int[] candidates(int shown, int items) {
      int[] chosen = new int[Math.min(candidatesPerRequest, items)];
      chosen[0] = shown;
      Set<Integer> others = new HashSet<>();
      for (int i = 1; i < chosen.length; i++) {
        int last = items - chosen.length + i - 1;
        int drawn = random.nextInt(last + 1);
        int other = others.add(drawn) ? drawn : last;
        others.add(other);
        chosen[i] = other < shown ? other : other + 1;
      }
      shuffle(chosen);
      return chosen;
    }

    private void shuffle(int[] values) {
      for (int i = values.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = values[i];
        values[i] = values[j];
        values[j] = swapped;
      }
    }
  }
}
