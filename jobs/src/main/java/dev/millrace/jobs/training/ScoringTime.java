package dev.millrace.jobs.training;

import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.serving.Scorer;
import dev.millrace.serving.ScoringBatch;
import java.util.Arrays;

/**
 * How long two bundles take to score the same examples, in turns so that both meet the same noise.
 */
final class ScoringTime {
  private static final int ROUNDS = 15;
  private static final int WARM_UP = 3;
  private static final double NANOS_PER_MICRO = 1e3;

  private ScoringTime() {}

  /** Microseconds an example, median of the rounds, of each scorer. */
  static double[] microsPerExample(ExampleBuffer examples, Scorer... scorers) {
    double[][] nanos = new double[scorers.length][ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (int i = 0; i < scorers.length; i++) {
        double taken = nanos(examples, scorers[i]);
        if (round >= 0) {
          nanos[i][round] = taken;
        }
      }
    }
    return Arrays.stream(nanos)
        .mapToDouble(rounds -> median(rounds) / NANOS_PER_MICRO / examples.size())
        .toArray();
  }

  private static double nanos(ExampleBuffer examples, Scorer scorer) {
    ScoringBatch batch = scorer.newBatch(examples.size());
    batch.addAll(examples);
    float[] probabilities = new float[examples.size()];
    long start = System.nanoTime();
    scorer.score(batch, probabilities);
    return System.nanoTime() - start;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
