package dev.millrace.jobs.experiments;

import dev.millrace.features.catalog.CatalogException;
import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.BuiltInCatalogs;
import dev.millrace.jobs.cli.UsageException;
import dev.millrace.models.data.DataSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace bench networks}. */
@Command(
    name = "networks",
    mixinStandardHelpOptions = true,
    description = {
      "How good each network is on MovieLens-1M by the protocol of AutoInt.",
      "docs/networks.md tells what is trained and how."
    })
public final class NetworksCommand implements Callable<Integer> {
  private static final String ALL = "all";
  private static final String TIMED = "timed";

  @Mixin private ExperimentOptions options;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "all|timed",
      description =
          "All ratings without their time, those of users 1 to 2,999 with it, or both (default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> rows = List.of(ALL, TIMED);

  @Option(
      names = "--dims",
      split = ",",
      paramLabel = "D",
      description =
          "Widths of the embeddings; that of the papers is 16 (default: ${DEFAULT-VALUE}).")
  private List<Integer> dims = List.of(16, 64);

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME",
      description = "Contenders (default: all).")
  private List<String> networks = List.of();

  @Override
  public Integer call() throws IOException {
    List<Contender> contenders = contenders();
    Trials trials = options.trials();
    List<Trial> results = new ArrayList<>();
    for (String name : rows) {
      for (int dim : dims) {
        for (Contender contender : contenders) {
          for (long seed : options.seeds()) {
            String title = name + ", dim " + dim;
            results.add(trials.run(title, data(name, dim, seed), contender, seed));
          }
        }
      }
    }
    System.out.print(TrialTable.of(results));
    System.out.flush();
    return 0;
  }

  private DataSet data(String name, int dim, long seed) throws IOException {
    return switch (name) {
      case ALL -> options.data().all(catalog("movielens-1m-autoint", dim), seed);
      case TIMED -> options.data().timed(catalog("movielens-1m-autoint-timestamp", dim), seed);
      default ->
          throw new UsageException(
              String.format(Locale.ROOT, "--rows must be %s or %s, found %s", ALL, TIMED, name));
    };
  }

  private static FeatureCatalog catalog(String name, int dim) {
    FeatureCatalog base = BuiltInCatalogs.load(name);
    try {
      Embedding wide = new Embedding.VocabularyTable(1, dim);
      return FeatureCatalog.of(base.name(), wide, base.fields(), List.of());
    } catch (CatalogException e) {
      throw new UsageException("--dims: " + e.getMessage(), e);
    }
  }

  private List<Contender> contenders() {
    List<Contender> all = MovieLensContenders.all();
    if (networks.isEmpty()) {
      return all;
    }
    List<Contender> chosen = new ArrayList<>();
    for (String name : networks) {
      chosen.add(
          all.stream()
              .filter(contender -> contender.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--networks must be of %s, found %s"
                              .formatted(all.stream().map(Contender::name).toList(), name))));
    }
    return chosen;
  }
}
