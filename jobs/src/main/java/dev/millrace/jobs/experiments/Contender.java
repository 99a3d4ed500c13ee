package dev.millrace.jobs.experiments;

import dev.millrace.models.network.Network;
import dev.millrace.models.train.OptFsConfig;
import dev.millrace.models.train.TrainingConfig;
import java.util.Optional;

/**
 * What takes part in an experiment.
 *
 * @param name in the results, unique in the experiment
 * @param network what is trained
 * @param config how, but for the seed and the threads
 * @param optFs search for the feature values that matter, if there is one
 */
record Contender(String name, Network network, TrainingConfig config, Optional<OptFsConfig> optFs) {
  static Contender of(String name, Network network, TrainingConfig config) {
    return new Contender(name, network, config, Optional.empty());
  }

  /** This contender with a search. */
  Contender withOptFs(String otherName, OptFsConfig search) {
    return new Contender(otherName, network, config, Optional.of(search));
  }
}
