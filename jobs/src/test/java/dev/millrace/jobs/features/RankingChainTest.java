package dev.millrace.jobs.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.features.quality.AlarmThresholds;
import dev.millrace.features.quality.Windows;
import dev.millrace.jobs.Events;
import dev.millrace.jobs.features.RankOracle.Summary;
import dev.millrace.jobs.features.RankingChain.Checkpoint;
import dev.millrace.schemas.FeatureRank;
import dev.millrace.schemas.Horizon;
import dev.millrace.schemas.LabelledImpression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random logs, out of order and late, against an oracle that holds them in memory. */
final class RankingChainTest {

  private static final int EVENTS = 600;
  private static final long WINDOW = Duration.ofMinutes(1).toMillis();

  /** An event, or a watermark where there is none. */
  private record Step(LabelledImpression labelled, long watermark) {}

  private static FeatureRankingSettings settings(int latenessSeconds, int maxCounts) {
    return new FeatureRankingSettings(
        new Windows(Duration.ofMillis(WINDOW), Duration.ofSeconds(latenessSeconds)),
        Duration.ofMinutes(2),
        maxCounts,
        Duration.ofSeconds(1),
        AlarmThresholds.DEFAULT);
  }

  /** Ten windows and a gap of a few; one event in ten is up to three windows behind. */
  private static List<Step> log(long seed) {
    Random random = new Random(seed);
    LabelledLog labelled = new LabelledLog(seed);
    List<Step> steps = new ArrayList<>();
    long newest = Events.NOON;
    for (int i = 0; i < EVENTS; i++) {
      newest += random.nextInt(2 * (int) (10 * WINDOW / EVENTS));
      newest += i == EVENTS / 2 ? 4 * WINDOW : 0;
      long behind = random.nextInt((int) (random.nextInt(10) == 0 ? 3 * WINDOW : WINDOW / 4));
      steps.add(new Step(labelled.next(newest - behind), Long.MIN_VALUE));
      if (random.nextInt(20) == 0) {
        steps.add(new Step(null, newest - WINDOW / 4));
      }
    }
    return steps;
  }

  private static void take(RankingChain chain, Step step) throws Exception {
    if (step.labelled() == null) {
      chain.watermark(step.watermark());
    } else {
      chain.add(step.labelled());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 100000", "2, 30, 7", "3, 60, 1000", "4, 150, 64"})
  void shouldRankAsAPlainTableOfTheSameEventsDoes(long seed, int lateness, int maxCounts)
      throws Exception {
    FeatureRankingSettings settings = settings(lateness, maxCounts);
    RankOracle oracle = new RankOracle(settings);
    List<String> refused = new ArrayList<>();
    try (RankingChain chain = RankingChain.open(LabelledLog.CATALOG, settings)) {
      long watermark = Long.MIN_VALUE;
      long offset = 0;
      for (Step step : log(seed)) {
        take(chain, step);
        offset += step.labelled() == null ? 0 : 1;
        watermark = Math.max(watermark, step.watermark());
        if (step.labelled() != null && !oracle.add(step.labelled(), watermark)) {
          refused.add("LATE " + (offset - 1));
        }
      }
      chain.watermark(Events.NOON + 100 * WINDOW);

      Map<String, Summary> found = new HashMap<>();
      chain.lastRanks().forEach((key, rank) -> found.put(key, Summary.of(rank)));
      Map<String, Summary> expected = new HashMap<>();
      oracle.summaries().forEach((key, summary) -> expected.put(key, summary.published()));
      assertThat(found).as("ranks under seed %d", seed).isEqualTo(expected);
      assertThat(chain.deadLetters())
          .as("dead letters under seed %d", seed)
          .extracting(letter -> letter.getErrorClass() + " " + letter.getOffset())
          .containsExactlyElementsOf(refused);
      assertThat(refused.isEmpty())
          .as("none too late under seed %d", seed)
          .isEqualTo(lateness > 100);
    }
  }

  @ParameterizedTest
  @CsvSource({"11, 0", "12, 60", "13, 150"})
  void shouldRankAsIfItHadNeverDied(long seed, int lateness) throws Exception {
    FeatureRankingSettings settings = settings(lateness, 500);
    List<Step> log = log(seed);
    Random random = new Random(seed);
    try (RankingChain undisturbed = RankingChain.open(LabelledLog.CATALOG, settings);
        RankingChain killed = RankingChain.open(LabelledLog.CATALOG, settings)) {
      for (Step step : log) {
        take(undisturbed, step);
      }
      Checkpoint checkpoint = killed.checkpoint();
      int done = 0;
      for (int from = 0; from < log.size(); from = done) {
        done = Math.min(log.size(), from + 1 + random.nextInt(500));
        int dies = Math.min(log.size(), done + random.nextInt(500));
        for (Step step : log.subList(from, done)) {
          take(killed, step);
        }
        checkpoint = killed.checkpoint();
        for (Step step : log.subList(done, dies)) {
          take(killed, step);
        }
        killed.restore(checkpoint);
      }
      undisturbed.watermark(Events.NOON + 100 * WINDOW);
      killed.watermark(Events.NOON + 100 * WINDOW);

      assertThat(killed.lastRanks())
          .as("ranks under seed %d", seed)
          .isEqualTo(undisturbed.lastRanks());
      assertThat(killed.deadLetters())
          .as("dead letters under seed %d", seed)
          .hasSameSizeAs(undisturbed.deadLetters());
    }
  }

  @Test
  void shouldForgetEverything() throws Exception {
    try (RankingChain chain = RankingChain.openOnHeap(LabelledLog.CATALOG, settings(60, 1000))) {
      for (Step step : log(21)) {
        take(chain, step);
      }
      assertThat(chain.stateEntries()).isPositive();

      chain.watermark(Events.NOON + 100 * WINDOW);

      assertThat(chain.stateEntries()).as("keyed state entries").isZero();
      assertThat(chain.timers()).as("timers").isZero();
    }
  }

  @Test
  void shouldAmendAWindowOnceForAllItsLateRecords() throws Exception {
    LabelledLog labelled = new LabelledLog(31);
    try (RankingChain chain = RankingChain.open(LabelledLog.CATALOG, settings(60, 1000))) {
      chain.add(labelled.next(Events.NOON));
      chain.watermark(Events.NOON + WINDOW);
      chain.add(labelled.next(Events.NOON));
      chain.checkpoint();
      chain.watermark(Events.NOON + WINDOW + 1);
      chain.add(labelled.next(Events.NOON));
      chain.watermark(Events.NOON + 3 * WINDOW);

      assertThat(chain.ranks())
          .filteredOn(rank -> rank.getFeatures().contains("item"))
          .extracting(FeatureRank::getHorizon, FeatureRank::getRevision, FeatureRank::getRows)
          .containsExactly(
              tuple(Horizon.WINDOW, 0, 1L),
              tuple(Horizon.DECAYED, 0, 1L),
              tuple(Horizon.WINDOW, 1, 3L),
              tuple(Horizon.DECAYED, 1, 3L));
    }
  }
}
