package dev.millrace.models.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Two models on the same rows.
 *
 * @param baseline the model that is compared with
 * @param candidate the model that is compared
 * @param differences of every metric that both have and that says which is better
 * @param deLong DeLong's test of the AUCs; only of rows without groups, for it takes rows to be
 *     independent
 */
public record Comparison(
    Evaluation baseline,
    Evaluation candidate,
    List<Difference> differences,
    Optional<PairedDeLong> deLong) {
  public Comparison {
    differences = List.copyOf(differences);
  }

  /**
   * Compares two models.
   *
   * @throws IllegalArgumentException when they were not scored on the same rows, in the same order,
   *     or not evaluated alike
   */
  public static Comparison of(Evaluation baseline, Evaluation candidate) {
    baseline.scores().requireSameRows(candidate.scores());
    if (!baseline.config().equals(candidate.config())) {
      throw new IllegalArgumentException(
          "compared models must be evaluated alike, found %s and %s"
              .formatted(baseline.config(), candidate.config()));
    }
    List<Difference> differences =
        Arrays.stream(Metric.values())
            .filter(Metric::isCompared)
            .filter(metric -> baseline.value(metric).isPresent())
            .map(metric -> difference(metric, baseline, candidate))
            .toList();
    Optional<PairedDeLong> deLong =
        baseline.scores().isGrouped()
            ? Optional.empty()
            : PairedDeLong.of(baseline.scores(), candidate.scores());
    return new Comparison(baseline, candidate, differences, deLong);
  }

  /** What a difference amounts to, in a sentence. */
  public String verdict(Difference difference) {
    return new Verdict(baseline.model(), candidate.model(), ndcgCutoff()).on(difference);
  }

  int ndcgCutoff() {
    return candidate.config().ndcgCutoff();
  }

  private static Difference difference(Metric metric, Evaluation baseline, Evaluation candidate) {
    Optional<Replicates> drawn =
        candidate
            .replicates(metric)
            .flatMap(values -> baseline.replicates(metric).map(values::minus));
    double significance = candidate.significance();
    Optional<Difference.Test> test =
        drawn.flatMap(
            values ->
                values
                    .interval(significance)
                    .map(
                        interval ->
                            new Difference.Test(
                                interval, values.standardError(), values.pValue(), significance)));
    return new Difference(
        metric, baseline.value(metric).getAsDouble(), candidate.value(metric).getAsDouble(), test);
  }
}
