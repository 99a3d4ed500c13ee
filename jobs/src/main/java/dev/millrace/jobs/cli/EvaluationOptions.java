package dev.millrace.jobs.cli;

import dev.millrace.models.evaluate.BootstrapConfig;
import dev.millrace.models.evaluate.EvaluationConfig;
import dev.millrace.models.evaluate.Reliability;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How scores are measured. */
final class EvaluationOptions {

  @Option(
      names = "--ndcg",
      paramLabel = "K",
      description = "Rows of a group that NDCG looks at (default: ${DEFAULT-VALUE}).")
  private int ndcg = EvaluationConfig.DEFAULT.ndcgCutoff();

  @Option(
      names = "--bins",
      paramLabel = "N",
      description = "Bins of the reliability table, of equal mass (default: ${DEFAULT-VALUE}).")
  private int bins = EvaluationConfig.DEFAULT.bins();

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description =
          "Replicates that the confidence intervals are drawn from, 0 for none (default:"
              + " ${DEFAULT-VALUE}).")
  private int replicates = BootstrapConfig.DEFAULT.replicates();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of the replicates (default: ${DEFAULT-VALUE}).")
  private long seed = BootstrapConfig.DEFAULT.seed();

  /**
   * How scores are measured.
   *
   * @throws IllegalArgumentException with the rule and the value found
   */
  EvaluationConfig config() {
    Optional<BootstrapConfig> bootstrap =
        replicates == 0
            ? Optional.empty()
            : Optional.of(
                new BootstrapConfig(replicates, BootstrapConfig.DEFAULT.confidence(), seed));
    return new EvaluationConfig(Reliability.Binning.EQUAL_MASS, bins, ndcg, bootstrap);
  }
}
