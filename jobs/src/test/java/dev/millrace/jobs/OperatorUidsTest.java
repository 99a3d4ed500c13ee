package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.data.BuiltInCatalogs;
import dev.millrace.features.labels.Attribution;
import dev.millrace.features.quality.AlarmThresholds;
import dev.millrace.features.quality.Windows;
import dev.millrace.jobs.features.FeatureRankingJob;
import dev.millrace.jobs.features.FeatureRankingSettings;
import dev.millrace.jobs.io.EventTimeSettings;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Operator;
import dev.millrace.jobs.io.Rules;
import dev.millrace.jobs.io.Stage;
import dev.millrace.jobs.labels.LabelJoinJob;
import dev.millrace.jobs.ranking.RankingJob;
import dev.millrace.jobs.ranking.RankingSettings;
import dev.millrace.jobs.streaming.StreamingFeaturesJob;
import dev.millrace.serving.ScorerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A savepoint finds its state by the uid of the operator: uids are a format. */
final class OperatorUidsTest {

  private static final FeatureCatalog CATALOG = BuiltInCatalogs.load("simulated");
  private static final KafkaSettings KAFKA = KafkaSettings.of("localhost:9092");
  private static final Rules RULES = new Rules(Clock.systemUTC(), Duration.ofMinutes(1));
  private static final EventTimeSettings EVENT_TIME =
      new EventTimeSettings(Duration.ofSeconds(1), Duration.ofSeconds(1));

  private static StreamExecutionEnvironment wired(Stage stage) {
    StreamExecutionEnvironment env =
        JobEnvironment.of(new JobSettings(2, Duration.ofSeconds(1), "file:///checkpoints"));
    switch (stage) {
      case LABEL_JOIN ->
          LabelJoinJob.onKafka(
                  KAFKA,
                  CATALOG,
                  new Attribution(Duration.ofMinutes(30), Duration.ofMinutes(5)),
                  EVENT_TIME,
                  RULES)
              .wire(env);
      case STREAMING_FEATURES ->
          StreamingFeaturesJob.onKafka(KAFKA, CATALOG, EVENT_TIME, RULES).wire(env);
      case RANKING ->
          RankingJob.onKafka(
                  KAFKA,
                  CATALOG,
                  new RankingSettings(ScorerSettings.DEFAULT, Duration.ofMillis(5), 1),
                  RULES)
              .wire(env);
      case FEATURE_RANKING ->
          FeatureRankingJob.onKafka(
                  KAFKA,
                  CATALOG,
                  new FeatureRankingSettings(
                      new Windows(Duration.ofHours(1), Duration.ofMinutes(5)),
                      Duration.ofDays(1),
                      65_536,
                      Duration.ofSeconds(1),
                      AlarmThresholds.DEFAULT),
                  EVENT_TIME,
                  RULES)
              .wire(env);
    }
    return env;
  }

  private static Stream<String> lines(Stage stage) {
    StreamGraph graph = wired(stage).getStreamGraph();
    return graph.getStreamNodes().stream()
        .map(
            node ->
                String.join(
                    " | ", stage.label(), node.getTransformationUID(), node.getOperatorName()))
        .sorted();
  }

  private static List<String> checkedIn() throws IOException {
    try (InputStream in = OperatorUidsTest.class.getResourceAsStream("/operator-uids.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void shouldKeepEveryUidAndName() throws IOException {
    List<String> found = new ArrayList<>();
    for (Stage stage : Stage.values()) {
      lines(stage).forEach(found::add);
    }
    assertThat(found)
        .as(
            "operators of all jobs against operator-uids.txt: a line that is gone or changed cuts"
                + " running jobs off their state; add new lines to the list")
        .containsExactlyElementsOf(checkedIn());
  }

  /** Flink refuses a type without a serializer of its own and an operator without a uid here. */
  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldBuildWithoutGenericTypesAndGeneratedUids(Stage stage) {
    StreamExecutionEnvironment env = wired(stage);

    assertThat(env.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(env.getConfiguration().get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    assertThatCode(() -> env.getStreamGraph().getJobGraph()).doesNotThrowAnyException();
  }

  @Test
  void shouldGiveEveryOperatorAUidOfItsOwn() {
    assertThat(Arrays.stream(Operator.values()).map(Operator::uid)).doesNotHaveDuplicates();
  }

  @Test
  void shouldRunEveryJobAtTheMaxParallelismOfItsSavepoints() {
    for (Stage stage : Stage.values()) {
      wired(stage)
          .getStreamGraph()
          .getJobGraph()
          .getVertices()
          .forEach(
              vertex ->
                  assertThat(vertex.getMaxParallelism())
                      .as("%s: %s", stage.label(), vertex.getName())
                      .isEqualTo(JobEnvironment.MAX_PARALLELISM));
    }
  }
}
