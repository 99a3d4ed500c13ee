package dev.millrace.jobs.cli;

import dev.millrace.features.catalog.CatalogException;
import dev.millrace.features.labels.Attribution;
import dev.millrace.jobs.JobEnvironment;
import dev.millrace.jobs.features.FeatureRankingJob;
import dev.millrace.jobs.io.Stage;
import dev.millrace.jobs.labels.LabelJoinJob;
import dev.millrace.jobs.ranking.RankingJob;
import dev.millrace.jobs.ranking.RankingSettings;
import dev.millrace.jobs.streaming.StreamingFeaturesJob;
import dev.millrace.serving.ScorerSettings;
import java.time.Duration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace job}. */
@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    description = {
      "Runs one job against a Kafka cluster: under 'flink run' on the cluster it names, else in"
          + " this process."
    },
    synopsisSubcommandLabel = "JOB")
final class JobCommand {

  @Command(
      name = "label-join",
      mixinStandardHelpOptions = true,
      description = "Attaches clicks to the impressions that led to them.")
  int labelJoin(
      @Mixin KafkaOptions kafka,
      @Mixin JobOptions job,
      @Mixin EventTimeOptions eventTime,
      @Option(
              names = "--attribution-window",
              paramLabel = "PT30M",
              defaultValue = "PT30M",
              description =
                  "How long after its impression a click counts (default: ${DEFAULT-VALUE}).")
          Duration window,
      @Option(
              names = "--allowed-lateness",
              paramLabel = "PT5M",
              defaultValue = "PT5M",
              description =
                  "How far behind the watermark a record is still joined (default:"
                      + " ${DEFAULT-VALUE}).")
          Duration lateness)
      throws Exception {
    return run(
        Stage.LABEL_JOIN,
        job,
        env ->
            LabelJoinJob.onKafka(
                    kafka.settings(),
                    job.catalog(),
                    new Attribution(window, lateness),
                    eventTime.settings(),
                    job.rules())
                .wire(env));
  }

  @Command(
      name = "streaming-features",
      mixinStandardHelpOptions = true,
      description = "Computes the catalogue's counters, rates and histories.")
  int streamingFeatures(
      @Mixin KafkaOptions kafka, @Mixin JobOptions job, @Mixin EventTimeOptions eventTime)
      throws Exception {
    return run(
        Stage.STREAMING_FEATURES,
        job,
        env ->
            StreamingFeaturesJob.onKafka(
                    kafka.settings(), job.catalog(), eventTime.settings(), job.rules())
                .wire(env));
  }

  @Command(
      name = "ranking",
      mixinStandardHelpOptions = true,
      description = "Ranks the candidates of requests with the live model release.")
  int ranking(
      @Mixin KafkaOptions kafka,
      @Mixin JobOptions job,
      @Option(
              names = "--max-batch",
              paramLabel = "N",
              defaultValue = "512",
              description = "Candidates scored together (default: ${DEFAULT-VALUE}).")
          int maxBatch,
      @Option(
              names = "--linger",
              paramLabel = "PT0.005S",
              defaultValue = "PT0.005S",
              description =
                  "How long a request waits for others to share its batch (default:"
                      + " ${DEFAULT-VALUE}).")
          Duration linger,
      @Option(
              names = "--exploration-seed",
              paramLabel = "SEED",
              defaultValue = "1",
              description =
                  "Of the random order that answers while no release is live (default:"
                      + " ${DEFAULT-VALUE}).")
          long explorationSeed)
      throws Exception {
    return run(
        Stage.RANKING,
        job,
        env ->
            RankingJob.onKafka(
                    kafka.settings(),
                    job.catalog(),
                    new RankingSettings(new ScorerSettings(1, maxBatch), linger, explorationSeed),
                    job.rules())
                .wire(env));
  }

  @Command(
      name = "feature-ranking",
      mixinStandardHelpOptions = true,
      description =
          "Ranks the catalogue's fields by what they tell about a click, window by window.")
  int featureRanking(
      @Mixin KafkaOptions kafka,
      @Mixin JobOptions job,
      @Mixin EventTimeOptions eventTime,
      @Mixin FeatureRankingOptions ranking)
      throws Exception {
    return run(
        Stage.FEATURE_RANKING,
        job,
        env ->
            FeatureRankingJob.onKafka(
                    kafka.settings(),
                    job.catalog(),
                    ranking.settings(),
                    eventTime.settings(),
                    job.rules())
                .wire(env));
  }

  /** Adds a job to an environment. */
  @FunctionalInterface
  private interface Wiring {
    void wire(StreamExecutionEnvironment env);
  }

  private static int run(Stage stage, JobOptions job, Wiring wiring) throws Exception {
    StreamExecutionEnvironment env;
    try {
      env = JobEnvironment.of(job.settings());
      wiring.wire(env);
    } catch (IllegalArgumentException | CatalogException e) {
      throw new UsageException(e.getMessage(), e);
    }
    env.execute(stage.label());
    return 0;
  }
}
