package dev.millrace.jobs.bench;

import picocli.CommandLine.Command;

/** {@code millrace bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures how fast the jobs are, beside parts that do less.",
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = RankingBenchCommand.class)
public final class BenchCommand {}
