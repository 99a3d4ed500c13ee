package dev.millrace.models.bundle;

import java.util.List;

/**
 * Examples with the probabilities that the trained network gave, {@code probe.json}: whoever loads
 * the model scores them first.
 *
 * @param tolerance largest absolute difference of a probability that is accepted, in (0, 1)
 * @param examples at least one, all with as many lookups
 */
public record Probe(double tolerance, List<Example> examples) {
  /**
   * One example.
   *
   * @param rows row of each lookup
   * @param weights weight of each lookup, as many; 1 throughout in a plain layout
   * @param probability that the trained network gave, in [0, 1]
   */
  public record Example(List<Integer> rows, List<Float> weights, float probability) {
    public Example {
      rows = List.copyOf(Required.value("rows", rows));
      weights = List.copyOf(Required.value("weights", weights));
      if (rows.size() != weights.size()) {
        throw new IllegalArgumentException(
            "weights must be %d long, found %d".formatted(rows.size(), weights.size()));
      }
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("probability must be in [0, 1], found " + probability);
      }
    }
  }

  /**
   * @throws IllegalArgumentException when a component breaks its rule
   */
  public Probe {
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance must be in (0, 1), found " + tolerance);
    }
    examples = List.copyOf(Required.value("examples", examples));
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("examples must be >= 1, found 0");
    }
    int lookups = examples.get(0).rows().size();
    for (Example example : examples) {
      if (example.rows().size() != lookups) {
        throw new IllegalArgumentException(
            "rows must be %d long, found %d".formatted(lookups, example.rows().size()));
      }
    }
  }

  /**
   * Compares what a loaded model gave for the examples, in order.
   *
   * @throws BundleException (PROBE) when a probability is off by more than the tolerance or missing
   */
  public void verify(float[] probabilities) throws BundleException {
    if (probabilities.length != examples.size()) {
      throw new BundleException(
          BundleException.Reason.PROBE,
          "probe must give %d probabilities, found %d"
              .formatted(examples.size(), probabilities.length));
    }
    for (int i = 0; i < probabilities.length; i++) {
      float expected = examples.get(i).probability();
      // Negated so that a NaN is refused.
      if (!(Math.abs((double) probabilities[i] - expected) <= tolerance)) {
        throw new BundleException(
            BundleException.Reason.PROBE,
            "probe example %d must score %s within %s, found %s"
                .formatted(i, expected, tolerance, probabilities[i]));
      }
    }
  }
}
