package dev.millrace.jobs.experiments;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.models.network.Networks;
import dev.millrace.models.train.TrainingConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace bench embeddings}. */
@Command(
    name = "embeddings",
    mixinStandardHelpOptions = true,
    description = {
      "Unified, separate and collisionless embedding tables on MovieLens-1M by the protocol of the"
          + " unified embedding, at its three budgets of memory.",
      "docs/networks.md tells what is trained and how."
    })
public final class EmbeddingsCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "NAME",
      description = "Kinds of tables (default: ${DEFAULT-VALUE}).")
  private List<String> tables = EmbeddingTables.KINDS;

  @Override
  public Integer call() throws IOException {
    Trials trials = options.trials();
    Contender contender = contender();
    List<Trial> results = new ArrayList<>();
    for (String kind : tables) {
      for (Map.Entry<String, FeatureCatalog> table : EmbeddingTables.of(kind).entrySet()) {
        FeatureCatalog catalog = table.getValue();
        for (long seed : options.seeds()) {
          results.add(
              trials.run(
                  table.getKey(),
                  catalog,
                  () -> options.data().all(catalog, seed),
                  contender,
                  seed));
        }
      }
    }
    System.out.print(TrialTable.of(results));
    System.out.flush();
    return 0;
  }

  /** One cross layer and 192 units, batches of 128, Adam at 1e-3, no dropout (section 5.1). */
  private static Contender contender() {
    return Contender.of(
        "dcnv2",
        Networks.create("dcnv2", Map.of("crossLayers", "1", "hidden", "192", "dropout", "0")),
        TrainingConfig.defaults().withBatchSize(128).withMaxEpochs(10).withPatience(2));
  }
}
