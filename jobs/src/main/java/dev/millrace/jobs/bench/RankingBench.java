package dev.millrace.jobs.bench;

import dev.millrace.features.simulation.SimulatedAudience;
import dev.millrace.features.simulation.SimulationConfig;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Rules;
import dev.millrace.jobs.io.Stage;
import dev.millrace.jobs.io.TopicProducer;
import dev.millrace.jobs.ranking.RankingJob;
import dev.millrace.jobs.ranking.RankingSettings;
import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.ModelRelease;
import dev.millrace.schemas.Ranking;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import dev.millrace.serving.ScorerSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The ranking job beside what bounds it, one after the other in the same process, over the same
 * requests. All requests are there before a job starts, so that the job is never short of work.
 *
 * <p>The ranking job starts every run from the same savepoint: its release is live and the
 * streaming features of every user and item are in its state.
 */
final class RankingBench {

  private static final int USERS = 2_000;
  private static final int ITEMS = 1_000;
  private static final int MAX_SLOTS = 3;
  private static final Instant SIMULATION_START = Instant.parse("2025-03-01T00:00:00Z");
  private static final Duration SIMULATION_SPAN = Duration.ofHours(24);

  /** Requests whose impressions and clicks make the streaming features. */
  private static final int HISTORY = 20_000;

  /** Enough that each partition gets some: a source without offsets would not restart at them. */
  private static final int FIRST_REQUESTS = 1_000;

  /** The pass-through job is so much faster that the ranking job's requests last it no second. */
  private static final int PASS_THROUGH_FACTOR = 10;

  private static final int SAMPLE_REQUESTS = 2_000;
  private static final Duration LOOP = Duration.ofSeconds(2);
  private static final Duration LINGER = Duration.ofMillis(5);
  private static final ScorerSettings SCORER = new ScorerSettings(1, 512);

  private final RankingBenchConfig config;
  private final Testbed testbed;
  private final Consumer<String> progress;
  private final SimulatedAudience audience;
  private final Map<String, FeatureValue> features;
  private final RequestSample sample;
  private final ModelBundle bundle;
  private final ModelRelease release;
  private final Rules rules = new Rules(Clock.systemUTC(), Duration.ofHours(1));

  private RankingBench(
      RankingBenchConfig config, Testbed testbed, Path directory, Consumer<String> progress)
      throws Exception {
    this.config = config;
    this.testbed = testbed;
    this.progress = progress;
    this.audience = new SimulatedAudience(simulation(config));
    this.features = StreamingHistory.after(audience, HISTORY);
    this.sample =
        new RequestSample(audience.catalog(), requests(0, SAMPLE_REQUESTS).toList(), features);
    Path bundleDirectory = directory.resolve("bundle");
    this.bundle = BenchModel.write(sample, config.seed(), bundleDirectory);
    this.release = BenchModel.release(bundle, bundleDirectory, SIMULATION_START);
  }

  private static SimulationConfig simulation(RankingBenchConfig config) {
    return new SimulationConfig(
        config.seed(),
        USERS,
        ITEMS,
        HISTORY + FIRST_REQUESTS + backlog(config),
        config.candidates(),
        Math.min(MAX_SLOTS, config.candidates()),
        SIMULATION_START,
        SIMULATION_SPAN);
  }

  /** Requests that wait for a job when it starts. */
  private static int backlog(RankingBenchConfig config) {
    return config.requests() * PASS_THROUGH_FACTOR;
  }

  /**
   * Runs the benchmark.
   *
   * @param directory for everything it writes; the caller removes it
   * @param progress hears a line a step
   */
  static RankingBenchResult run(
      RankingBenchConfig config, Path directory, Consumer<String> progress) throws Exception {
    progress.accept("starting a Kafka broker and a Flink cluster in this process");
    try (Testbed testbed = Testbed.start(directory, config.parallelism())) {
      return new RankingBench(config, testbed, directory, progress).run();
    }
  }

  private RankingBenchResult run() throws Exception {
    String savepoint = prepare();
    RankingBenchResult result = new RankingBenchResult(config);
    measure("warm-up", savepoint);
    for (int repetition = 1; repetition <= config.repetitions(); repetition++) {
      result.add(measure("repetition " + repetition, savepoint));
    }
    return result;
  }

  /** Brings the ranking job to where every run starts, and writes the requests. */
  private String prepare() throws Exception {
    progress.accept("loading the release and %,d streaming features".formatted(features.size()));
    write(Topic.MODELS, Stream.of(release));
    write(Topic.FEATURE_VALUES, features.values().stream());
    write(Topic.RANKING_REQUESTS, requests(0, FIRST_REQUESTS));
    KafkaSettings kafka = testbed.kafka("ranking");
    JobID job = testbed.cluster().submit(rankingJob(), Stage.RANKING.label());
    String savepoint =
        testbed.stopAfter(
            job,
            "the state of the ranking job",
            () ->
                testbed.taken(kafka, Topic.MODELS) == 1
                    && testbed.taken(kafka, Topic.FEATURE_VALUES) == features.size()
                    && testbed.taken(kafka, Topic.RANKING_REQUESTS) == FIRST_REQUESTS);
    progress.accept("writing %,d requests".formatted(backlog(config)));
    write(Topic.RANKING_REQUESTS, requests(FIRST_REQUESTS, FIRST_REQUESTS + backlog(config)));
    return savepoint;
  }

  private Stream<RankingRequest> requests(int from, int to) {
    return IntStream.range(HISTORY + from, HISTORY + to).mapToObj(audience::request);
  }

  private <T extends SpecificRecord> void write(Topic<T> topic, Stream<T> records) {
    try (TopicProducer<T> producer = new TopicProducer<>(testbed.kafka("ranking"), topic)) {
      records.forEach(producer::send);
      producer.flush();
    }
  }

  private StreamExecutionEnvironment rankingJob() {
    StreamExecutionEnvironment env = testbed.environment();
    RankingJob.onKafka(
            testbed.kafka("ranking"),
            audience.catalog(),
            new RankingSettings(SCORER, LINGER, config.seed()),
            rules)
        .wire(env);
    return env;
  }

  private Map<Variant, Measurement> measure(String round, String savepoint) throws Exception {
    Map<Variant, Measurement> measured = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      Measurement measurement =
          switch (variant) {
            case PASS_THROUGH -> passThrough(round);
            case RANKING -> ranking(savepoint);
            case RANKER -> ranker();
            case SCORER -> scorer(config.parallelism());
            case SCORER_ONE_THREAD -> scorer(1);
          };
      measured.put(variant, measurement);
      progress.accept(
          String.format(
              Locale.ROOT,
              "%s: %s %,.0f requests/s",
              round,
              variant.label(),
              measurement.requestsPerSecond()));
    }
    return measured;
  }

  private Measurement passThrough(String round) throws Exception {
    KafkaSettings kafka = testbed.kafka("pass-through-" + round.replace(' ', '-'));
    StreamExecutionEnvironment env = testbed.environment();
    PassThroughJob.wire(env, kafka, audience.catalog(), rules);
    try (OutputMeter meter = new OutputMeter(kafka.bootstrapServers(), PassThroughJob.TOPIC)) {
      JobID job = testbed.cluster().submit(env, "pass-through");
      testbed.stopAfter(job, "all requests", () -> meter.reached(backlog(config)));
      return meter.measure(record -> {});
    }
  }

  private Measurement ranking(String savepoint) throws Exception {
    WireFormat<Ranking> rankings = WireFormat.of(Topic.RANKINGS);
    try (OutputMeter meter =
        new OutputMeter(testbed.kafka("ranking").bootstrapServers(), Topic.RANKINGS.name())) {
      JobID job = testbed.cluster().submit(rankingJob(), Stage.RANKING.label(), savepoint);
      testbed.stopAfter(job, "all rankings", () -> meter.reached(config.requests()));
      return meter.measure(record -> requireScored(rankings, record));
    }
  }

  /** A job without its release would answer at random, and fast. */
  private void requireScored(WireFormat<Ranking> rankings, ConsumerRecord<byte[], byte[]> record) {
    Ranking ranking =
        rankings.decode(record.value(), record.topic(), record.partition(), record.offset());
    if (!bundle.manifestSha256().equals(ranking.getBundleSha256())) {
      throw new IllegalStateException(
          "rankings must be scored by %s, found one by %s"
              .formatted(release.getRelease(), ranking.getRelease()));
    }
  }

  private Measurement ranker() throws Exception {
    List<RankerLoop> loops = new ArrayList<>();
    try {
      for (int i = 0; i < config.parallelism(); i++) {
        loops.add(RankerLoop.open(release, sample, SCORER, config.seed()));
      }
      return Loop.measure(loops, LOOP);
    } finally {
      loops.forEach(RankerLoop::close);
    }
  }

  private Measurement scorer(int threads) throws Exception {
    List<ScorerLoop> loops = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        loops.add(ScorerLoop.open(bundle, sample, SCORER));
      }
      return Loop.measure(loops, LOOP);
    } finally {
      loops.forEach(ScorerLoop::close);
    }
  }
}
