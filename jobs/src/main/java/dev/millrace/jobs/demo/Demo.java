package dev.millrace.jobs.demo;

import dev.millrace.features.data.InteractionLog;
import dev.millrace.features.data.InteractionLogs;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.encoding.RowEncoders;
import dev.millrace.features.simulation.SimulationConfig;
import dev.millrace.jobs.demo.DemoSummary.Flow;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Stage;
import dev.millrace.jobs.io.TopicProducer;
import dev.millrace.jobs.ranking.RankingSettings;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.train.TrainingProgress;
import dev.millrace.schemas.ModelRelease;
import dev.millrace.schemas.ReleaseStage;
import dev.millrace.schemas.Topic;
import dev.millrace.serving.ScorerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole pipeline on one machine with real parts: feeds the first half of the traffic, trains a
 * model on the labels that come of it, releases it, and feeds the rest while it ranks.
 */
final class Demo {

  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LINGER = Duration.ofMillis(5);
  private static final int MAX_BATCH = 512;
  private static final int USERS = 2_000;
  private static final int ITEMS = 1_000;
  private static final int SLOTS = 5;
  private static final Instant SIMULATION_START = Instant.parse("2025-03-01T00:00:00Z");
  private static final Duration SIMULATION_SPAN = Duration.ofHours(24);

  private final DemoConfig config;
  private final Console console;
  private final Pipeline pipeline;
  private final Traffic traffic;
  private final Observer observer;
  private final Readers readers;
  private final LabelCollector labels;
  private final RankCollector ranks;
  private final RowEncoder encoder;
  private final Path directory;
  private double feedSeconds;

  private Demo(
      DemoConfig config,
      Console console,
      Pipeline pipeline,
      Traffic traffic,
      Observer observer,
      Path directory) {
    this.config = config;
    this.console = console;
    this.pipeline = pipeline;
    this.traffic = traffic;
    this.observer = observer;
    this.readers = new Readers(pipeline, observer);
    this.directory = directory;
    this.encoder = RowEncoders.of(traffic.catalog(), Optional.empty());
    this.labels = new LabelCollector(traffic.catalog(), encoder);
    this.ranks = new RankCollector(traffic.catalog().fields().size());
  }

  /**
   * Runs a demo.
   *
   * @param directory for everything it writes; the caller removes it
   * @param finished hears the summary; with {@code keep} everything still runs when it does
   */
  static void run(DemoConfig config, Console console, Path directory, Finished finished)
      throws Exception {
    Optional<InteractionLog> log =
        config.data().isEmpty()
            ? Optional.empty()
            : Optional.of(InteractionLogs.open(config.format(), config.data().get()));
    console.say("starting a Kafka broker and a Flink cluster in this process");
    try (Pipeline pipeline = Pipeline.start(directory, config.parallelism());
        Traffic traffic = traffic(config, log, pipeline.kafka());
        Observer observer = new Observer(pipeline.kafka().bootstrapServers())) {
      finished.accept(
          new Demo(config, console, pipeline, traffic, observer, directory).run(), pipeline);
    }
  }

  /** What to do with the summary while the pipeline is still there. */
  @FunctionalInterface
  interface Finished {
    void accept(DemoSummary summary, Pipeline pipeline) throws Exception;
  }

  private static Traffic traffic(
      DemoConfig config, Optional<InteractionLog> log, KafkaSettings kafka) throws IOException {
    if (log.isPresent()) {
      return new RecordedTraffic(kafka, log.get(), config.candidates(), config.seed());
    }
    return new SimulatedTraffic(
        kafka,
        new SimulationConfig(
            config.seed(),
            USERS,
            ITEMS,
            config.requests(),
            config.candidates(),
            SLOTS,
            SIMULATION_START,
            SIMULATION_SPAN));
  }

  private DemoSummary run() throws Exception {
    observer.on(Topic.LABELLED_IMPRESSIONS, labels::add);
    observer.on(Topic.IMPRESSIONS, traffic::onImpression);
    observer.on(Topic.RANKINGS, traffic::onRanking);
    observer.on(Topic.FEATURE_RANKS, ranks::add);
    observer.start();
    pipeline.startJobs(
        config.parallelism(),
        CHECKPOINT_INTERVAL,
        traffic.catalog(),
        traffic.attribution(),
        traffic.eventTime(),
        new RankingSettings(new ScorerSettings(1, MAX_BATCH), LINGER, config.seed()),
        traffic.featureRanking());
    console.say(
        "four jobs run against %s: label-join, streaming-features, ranking, feature-ranking",
        pipeline.kafka().bootstrapServers());

    feed(traffic.events() / 2, false);
    FirstModel.Trained model = trainAndRelease();
    feed(traffic.events(), true);
    awaitAllTaken();
    if (!config.keep()) {
      drain();
    }
    return summary(model);
  }

  private void feed(long until, boolean modelIsLive) throws Exception {
    double start = console.seconds();
    Pace pace =
        new Pace(
            () -> observer.count(Topic.RANKINGS.name()),
            fed -> reportFeeding(fed),
            readers::requireHealthy);
    traffic.feed(until, modelIsLive, pace);
    readers.await("answers to all requests", () -> answered() >= traffic.requests());
    feedSeconds += console.seconds() - start;
  }

  private void reportFeeding(long fed) {
    if (console.isDue()) {
      readers.requireHealthy();
      console.say(
          "%,d of %,d %s fed, %,d rankings, %,d labelled impressions",
          fed,
          traffic.events(),
          traffic.unit(),
          observer.count(Topic.RANKINGS.name()),
          observer.count(Topic.LABELLED_IMPRESSIONS.name()));
    }
  }

  private long answered() {
    return observer.count(Topic.RANKINGS.name())
        + observer.count(Topic.RANKING_REQUESTS.deadLetterName());
  }

  private FirstModel.Trained trainAndRelease() throws Exception {
    readers.awaitTaken(Topic.IMPRESSIONS);
    readers.awaitTaken(Topic.CLICKS);
    ExampleBuffer examples = labels.examples();
    console.say("training AutoInt on %,d labelled impressions", examples.size());
    FirstModel.Trained model =
        new FirstModel(traffic.catalog(), encoder, config.seed())
            .train(
                examples, traffic.provenance(), directory.resolve("bundle"), this::reportTraining);
    console.say(
        "the bundle scores as the network does: largest difference %.1e over %,d impressions",
        model.parity(), model.parityExamples());
    release(model);
    return model;
  }

  private void reportTraining(TrainingProgress progress) {
    if (progress.validation().isPresent()) {
      console.say(
          "epoch %d: %,.0f samples/s, loss %.4f, validation AUC %.4f",
          progress.epoch(),
          progress.samplesPerSecond(),
          progress.loss(),
          progress.validation().get().auc().orElse(Double.NaN));
    } else if (console.isDue()) {
      console.say(
          "epoch %d: %,d samples seen, %,.0f samples/s, loss %.4f",
          progress.epoch(), progress.samplesSeen(), progress.samplesPerSecond(), progress.loss());
    }
  }

  private void release(FirstModel.Trained model) {
    try (TopicProducer<ModelRelease> models = new TopicProducer<>(pipeline.kafka(), Topic.MODELS)) {
      models.send(
          new ModelRelease(
              FirstModel.NAME,
              FirstModel.RELEASE,
              ReleaseStage.FULL,
              1.0,
              model.directory().toUri().toString(),
              model.bundle().manifestSha256(),
              traffic.catalog().fingerprint(),
              Clock.systemUTC().instant()));
      models.flush();
    }
    console.say("released %s to %s", FirstModel.RELEASE, Topic.MODELS);
  }

  /** Waits until every job has taken all that there is for it. */
  private void awaitAllTaken() throws Exception {
    readers.await(
        "all impressions",
        () ->
            observer.count(Topic.IMPRESSIONS.name())
                    + observer.count(Topic.RANKING_REQUESTS.deadLetterName())
                >= traffic.expectedImpressions());
    long clicks = traffic.expectedClicks();
    readers.await("all clicks", () -> observer.count(Topic.CLICKS.name()) >= clicks);
    readers.awaitTaken(Topic.IMPRESSIONS);
    readers.awaitTaken(Topic.CLICKS);
    readers.awaitTaken(Topic.FEATURE_VALUES);
    readers.awaitTaken(Topic.LABELLED_IMPRESSIONS);
  }

  /**
   * Ends event time for the label join, so that every impression gets its label, then for the
   * feature ranking, so that every window is ranked, and stops.
   */
  private void drain() throws Exception {
    console.say("draining the jobs");
    pipeline.stop(Stage.STREAMING_FEATURES, false);
    readers.awaitTaken(Topic.FEATURE_VALUES);
    pipeline.stop(Stage.RANKING, false);
    pipeline.stop(Stage.LABEL_JOIN, true);
    readers.await(
        "all labels",
        () ->
            labels.size() + observer.count(Topic.IMPRESSIONS.deadLetterName())
                >= observer.count(Topic.IMPRESSIONS.name()));
    readers.awaitTaken(Topic.LABELLED_IMPRESSIONS);
    pipeline.stop(Stage.FEATURE_RANKING, true);
    readers.await("ranks of all fields", () -> ranks.areComplete(labels.lastTimestamp()));
  }

  private DemoSummary summary(FirstModel.Trained model) throws Exception {
    Map<String, Flow> topics = readers.flows();
    long events =
        observer.count(Topic.IMPRESSIONS.name())
            + observer.count(Topic.CLICKS.name())
            + observer.count(Topic.RANKING_REQUESTS.name());
    return new DemoSummary(
        traffic.format(),
        observer.count(Topic.IMPRESSIONS.name()),
        observer.count(Topic.CLICKS.name()),
        labels.size(),
        labels.clicked(),
        observer.count(Topic.RANKINGS.name()),
        observer.deadLetters(),
        traffic.quality(),
        model,
        labels.rankFields(),
        topics,
        events,
        feedSeconds,
        console.seconds(),
        violations(topics));
  }

  private List<String> violations(Map<String, Flow> topics) {
    List<String> violations = new ArrayList<>();
    require(
        violations,
        "impressions",
        traffic.expectedImpressions(),
        observer.count(Topic.IMPRESSIONS.name()));
    require(violations, "clicks", traffic.expectedClicks(), observer.count(Topic.CLICKS.name()));
    require(violations, "rankings and refused requests", traffic.requests(), answered());
    require(violations, "labelled impressions whose id came before", 0, labels.repeated());
    if (!config.keep()) {
      require(
          violations,
          "labelled and refused impressions",
          observer.count(Topic.IMPRESSIONS.name()),
          labels.size() + observer.count(Topic.IMPRESSIONS.deadLetterName()));
      require(
          violations,
          "attributed and refused clicks",
          observer.count(Topic.CLICKS.name()),
          labels.clicks() + observer.count(Topic.CLICKS.deadLetterName()));
    }
    topics.forEach(
        (name, flow) -> require(violations, "records taken from " + name, flow.in(), flow.out()));
    return violations;
  }

  private static void require(List<String> violations, String what, long expected, long found) {
    if (expected != found) {
      violations.add("%s must be %,d, found %,d".formatted(what, expected, found));
    }
  }
}
