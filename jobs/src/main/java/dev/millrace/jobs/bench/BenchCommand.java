package dev.millrace.jobs.bench;

import dev.millrace.jobs.experiments.EmbeddingsCommand;
import dev.millrace.jobs.experiments.FieldsCommand;
import dev.millrace.jobs.experiments.NetworksCommand;
import picocli.CommandLine.Command;

/** {@code millrace bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures how fast jobs and training are, and how good networks, embeddings and choices of"
            + " fields are.",
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {
      RankingBenchCommand.class,
      TrainingBenchCommand.class,
      NetworksCommand.class,
      EmbeddingsCommand.class,
      FieldsCommand.class
    })
public final class BenchCommand {}
