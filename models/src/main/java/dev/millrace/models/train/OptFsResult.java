package dev.millrace.models.train;

import java.util.Optional;

/**
 * What a search with OptFS found.
 *
 * @param retraining of the kept rows; its network is the plain one, with the gates folded into the
 *     tables and a layout that is cut where rows were
 * @param gates of all rows when the search was over
 * @param gateSteps steps that moved the gates
 * @param nothingCut why all rows were kept, in a sentence; empty when some were cut
 */
public record OptFsResult(
    TrainingResult retraining, Gates gates, long gateSteps, Optional<String> nothingCut) {
  /** The plain network on the kept rows. */
  public TrainedNetwork network() {
    return retraining.network();
  }
}
