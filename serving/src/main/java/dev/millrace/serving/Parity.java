package dev.millrace.serving;

import dev.millrace.models.bundle.BundleException;
import dev.millrace.models.examples.ExampleBuffer;

/** Proof that a bundle scores as the network it was exported from. */
public final class Parity {

  /** Largest absolute difference of a probability. */
  public static final double TOLERANCE = 1e-5;

  private Parity() {}

  /**
   * The largest absolute difference of a probability between the trained network and the bundle.
   *
   * @param examples what both scored
   * @param trained probabilities of the trained network, in order
   */
  public static double maxDifference(Scorer scorer, ExampleBuffer examples, float[] trained) {
    ScoringBatch batch = scorer.newBatch(examples.size());
    batch.addAll(examples);
    float[] served = new float[batch.size()];
    scorer.score(batch, served);
    double largest = 0;
    for (int i = 0; i < served.length; i++) {
      largest = Math.max(largest, Math.abs((double) served[i] - trained[i]));
    }
    return largest;
  }

  /**
   * Refuses a bundle that does not score as its network did.
   *
   * @return the largest absolute difference of a probability
   * @throws BundleException (PROBE) if it is above {@link #TOLERANCE}
   */
  public static double require(Scorer scorer, ExampleBuffer examples, float[] trained)
      throws BundleException {
    double difference = maxDifference(scorer, examples, trained);
    if (!(difference <= TOLERANCE)) {
      throw new BundleException(
          BundleException.Reason.PROBE,
          "the bundle must score within %s of the trained network, found %s over %d examples"
              .formatted(TOLERANCE, difference, examples.size()));
    }
    return difference;
  }
}
