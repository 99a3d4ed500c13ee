package dev.millrace.jobs.cli;

import dev.millrace.models.train.OptFsConfig;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether feature values are searched for, and how. */
final class OptFsOptions {
  private static final String EPOCHS = "--optfs-epochs";
  private static final String REWIND = "--optfs-rewind";
  private static final String TEMPERATURE = "--optfs-temperature";
  private static final String PENALTY = "--optfs-penalty";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--optfs",
      description =
          "Search for the feature values that matter and cut the others from the tables (OptFS);"
              + " the network is trained without, too, to compare.")
  private boolean enabled;

  @Option(
      names = EPOCHS,
      paramLabel = "N",
      description = "Passes of the search (default: ${DEFAULT-VALUE}).")
  private int epochs = 8;

  @Option(
      names = REWIND,
      paramLabel = "N",
      description =
          "Pass, from 0, whose first weights the training on the kept values starts from (default:"
              + " ${DEFAULT-VALUE}).")
  private int rewind;

  @Option(
      names = TEMPERATURE,
      paramLabel = "G",
      description = "Temperature of the gates in the last pass (default: ${DEFAULT-VALUE}).")
  private double temperature = 1_000;

  @Option(
      names = PENALTY,
      paramLabel = "L",
      description = "Penalty on each open gate (default: ${DEFAULT-VALUE}).")
  private double penalty = 1e-8;

  /**
   * The search, if one is wanted.
   *
   * @throws UsageException if a value is out of range, or given where no search is wanted
   */
  Optional<OptFsConfig> config() {
    if (!enabled) {
      refuseWithoutSearch();
      return Optional.empty();
    }
    try {
      return Optional.of(new OptFsConfig(epochs, rewind, temperature, penalty));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private void refuseWithoutSearch() {
    for (String option : List.of(EPOCHS, REWIND, TEMPERATURE, PENALTY)) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new UsageException(option + " must come with --optfs, found none");
      }
    }
  }
}
