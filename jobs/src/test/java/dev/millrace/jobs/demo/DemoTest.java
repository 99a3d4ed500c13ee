package dev.millrace.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.serving.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job end to end: a broker, Flink, RocksDB, training, ONNX Runtime, nothing replaced. */
class DemoTest {

  private static final long SEED = 42;

  @TempDir private Path directory;

  private DemoSummary run(DemoConfig config) throws Exception {
    AtomicReference<DemoSummary> summary = new AtomicReference<>();
    Demo.run(config, new Console(System.err), directory, (result, pipeline) -> summary.set(result));
    return summary.get();
  }

  private static DemoConfig recorded(String format) {
    Path data = Path.of(System.getProperty("millrace.shared"), "data", format);
    assumeTrue(Files.isDirectory(data), () -> "needs the data set at " + data);
    return new DemoConfig(format, Optional.of(data), 1_000, 2, 2, SEED, false);
  }

  @Test
  void shouldRankASimulatedAudienceBetterThanChance() throws Exception {
    int requests = 6_000;
    DemoConfig config =
        new DemoConfig(DemoConfig.SIMULATED, Optional.empty(), requests, 20, 2, SEED, false);

    DemoSummary summary = run(config);

    assertThat(summary.violations()).isEmpty();
    assertThat(summary.rankings()).isEqualTo(requests);
    assertThat(summary.impressions()).isEqualTo(5L * requests);
    assertThat(summary.labelledImpressions()).isEqualTo(summary.impressions());
    assertThat(summary.deadLetterCount()).isZero();
    assertThat(summary.model().parity()).isLessThanOrEqualTo(Parity.TOLERANCE);

    LiveQuality quality = summary.quality();
    double auc = quality.metrics().auc().orElseThrow();
    double fiveSigma = 5 * quality.metrics().aucStandardError().orElseThrow();
    assertThat(auc).isGreaterThan(0.5 + fiveSigma);
    assertThat(auc).isLessThan(quality.bestPossibleAuc().orElseThrow());
    assertThat(quality.clicks().ranked()).isGreaterThan(quality.clicks().random());
    assertThat(quality.clicks().ranked()).isLessThan(quality.clicks().best());
    assertThat(summary.fields().get(summary.fields().size() - 1).score()).isLessThan(0.001);

    JsonNode json = new ObjectMapper().readTree(SummaryJson.of(summary));
    assertThat(json.path("labelledImpressions").asLong()).isEqualTo(5L * requests);
    assertThat(json.path("topics").path("millrace.rankings.v1").path("out").asLong())
        .isEqualTo(requests);
    assertThat(SummaryText.of(summary)).contains("nothing lost, nothing twice");
  }

  @Test
  void shouldLabelEveryImpressionOfOpenBandit() throws Exception {
    DemoSummary summary = run(recorded("open-bandit"));

    assertThat(summary.violations()).isEmpty();
    assertThat(summary.impressions()).isEqualTo(40_000);
    assertThat(summary.clicks()).isEqualTo(207);
    assertThat(summary.labelledImpressions()).isEqualTo(40_000);
    assertThat(summary.labelledClicks()).isEqualTo(207);
    assertThat(summary.rankings()).isEqualTo(20_000);
    assertThat(summary.deadLetterCount()).isZero();
    assertThat(summary.model().parityExamples()).isEqualTo(1_000);
    assertThat(summary.model().parity()).isLessThanOrEqualTo(Parity.TOLERANCE);
  }

  @Test
  @Tag("slow")
  void shouldLabelEveryRatingOfMovieLens() throws Exception {
    DemoSummary summary = run(recorded("movielens-1m"));

    assertThat(summary.violations()).isEmpty();
    assertThat(summary.labelledImpressions()).isEqualTo(360_434);
    assertThat(summary.labelledClicks()).isEqualTo(279_124);
    assertThat(summary.quality().metrics().auc().orElseThrow()).isGreaterThan(0.75);
  }
}
