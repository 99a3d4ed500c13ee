package dev.millrace.jobs.training;

import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.train.Gates;
import java.util.Map;
import java.util.Optional;

/**
 * What a search with OptFS brought, beside the same network trained without it.
 *
 * @param gates of all rows when the search was over
 * @param fields the gates by field
 * @param gateSteps steps that moved them
 * @param before the bundle without a search
 * @param after the bundle with the cut tables
 * @param nothingCut why nothing was cut, in a sentence; empty if something was
 */
public record OptFsReport(
    Gates.Summary gates,
    Map<String, Gates.Summary> fields,
    long gateSteps,
    Model before,
    Model after,
    Optional<String> nothingCut) {

  /**
   * A bundle as it is served.
   *
   * @param bytes of the model files, vocabulary included
   * @param parameters of the network
   * @param quality on the test part, or on the validation part if there is none
   * @param microsPerExample time to score an example on one thread (us), median of the rounds in
   *     which the two bundles took turns
   */
  public record Model(
      long bytes, long parameters, BinaryMetrics quality, double microsPerExample) {}
}
