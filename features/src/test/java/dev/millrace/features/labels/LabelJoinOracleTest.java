package dev.millrace.features.labels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.labels.LabelJoin.Label;
import dev.millrace.features.labels.LabelJoin.Verdict;
import dev.millrace.schemas.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random arrivals against what the whole log, read at leisure, says of each record. The log is the
 * arrivals in order, each with the watermark that it met.
 */
final class LabelJoinOracleTest {

  private static final int WINDOW = 10;
  private static final int LATENESS = 5;
  private static final int WAIT = WINDOW + LATENESS;
  private static final int LATEST = 2 * WAIT - LATENESS - 1;
  private static final int LOGS = 2_000;

  private enum Fate {
    LABELLED,
    COUNTED,
    DUPLICATE,
    LATE,
    OUTSIDE_WINDOW,
    NO_IMPRESSION
  }

  /** An arrival; a null click id makes it an impression. */
  private record Arrival(String clickId, long timestamp, long watermark) {
    boolean isImpression() {
      return clickId == null;
    }

    boolean isLate() {
      return timestamp + LATENESS < watermark;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldAgreeOnEveryRecordInAnyOrderOfArrival(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < LOGS; i++) {
      List<Arrival> log = draw(random);
      Map<Long, Fate> found = run(log);
      assertThat(found).as("seed %d, log %d: %s", seed, i, log).isEqualTo(oracle(log));
    }
  }

  /**
   * What is not late once the earliest impression is forgotten has a later timestamp than these.
   */
  private static List<Arrival> draw(SplittableRandom random) {
    List<Arrival> log = new ArrayList<>();
    long watermark = 0;
    int arrivals = random.nextInt(1, 9);
    for (int i = 0; i < arrivals; i++) {
      watermark += random.nextInt(3) == 0 ? random.nextInt(12) : 0;
      long timestamp = Math.max(0, watermark + random.nextInt(-8, 14));
      String clickId = random.nextInt(3) == 0 ? null : "c" + random.nextInt(4);
      log.add(new Arrival(clickId, Math.min(timestamp, LATEST), watermark));
    }
    return log;
  }

  private static Map<Long, Fate> run(List<Arrival> log) {
    Arrivals arrivals =
        new Arrivals(new Attribution(Duration.ofMillis(WINDOW), Duration.ofMillis(LATENESS)));
    Map<Long, Fate> fates = new TreeMap<>();
    for (int i = 0; i < log.size(); i++) {
      Arrival arrival = log.get(i);
      arrivals.watermark(arrival.watermark());
      Verdict verdict =
          arrival.isImpression()
              ? arrivals.impression(arrival.timestamp())
              : arrivals.click(arrival.clickId(), arrival.timestamp());
      fates.put((long) i, fate(verdict, arrival));
    }
    arrivals.watermark(Long.MAX_VALUE);
    for (Received click : arrivals.withoutImpression) {
      assertThat(fates.put(click.getOffset(), Fate.NO_IMPRESSION)).isEqualTo(Fate.COUNTED);
    }
    for (Received click : arrivals.outsideWindow) {
      assertThat(fates.put(click.getOffset(), Fate.OUTSIDE_WINDOW)).isEqualTo(Fate.COUNTED);
    }
    checkLabels(arrivals.labels, fates, log);
    assertThat(arrivals.isEmpty()).as("nothing is remembered of %s", log).isTrue();
    return fates;
  }

  private static Fate fate(Verdict verdict, Arrival arrival) {
    return switch (verdict) {
      case JOINED -> arrival.isImpression() ? Fate.LABELLED : Fate.COUNTED;
      case DUPLICATE -> Fate.DUPLICATE;
      case LATE -> Fate.LATE;
      case OUTSIDE_WINDOW -> Fate.OUTSIDE_WINDOW;
    };
  }

  private static void checkLabels(List<Label> labels, Map<Long, Fate> fates, List<Arrival> log) {
    List<Long> counted = new ArrayList<>();
    List<Long> labelled = new ArrayList<>();
    fates.forEach(
        (index, fate) -> {
          if (fate == Fate.COUNTED) {
            counted.add(log.get(index.intValue()).timestamp());
          } else if (fate == Fate.LABELLED) {
            labelled.add(index);
          }
        });
    assertThat(labels)
        .extracting(label -> label.impression().getOffset())
        .as("labels of %s", log)
        .isEqualTo(labelled);
    if (!labels.isEmpty()) {
      Label label = labels.get(0);
      assertThat(label.clicks()).isEqualTo(counted.size());
      assertThat(label.firstClick()).isEqualTo(counted.stream().min(Long::compare).orElse(null));
    }
  }

  private static Map<Long, Fate> oracle(List<Arrival> log) {
    int first = firstImpression(log);
    Map<Long, Fate> fates = new TreeMap<>();
    for (int i = 0; i < log.size(); i++) {
      Arrival arrival = log.get(i);
      fates.put(
          (long) i,
          arrival.isLate()
              ? Fate.LATE
              : arrival.isImpression()
                  ? (i == first ? Fate.LABELLED : Fate.DUPLICATE)
                  : clickFate(log, i, first));
    }
    return fates;
  }

  private static int firstImpression(List<Arrival> log) {
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).isImpression() && !log.get(i).isLate()) {
        return i;
      }
    }
    return log.size();
  }

  private static Fate clickFate(List<Arrival> log, int index, int first) {
    Arrival click = log.get(index);
    boolean wasShown = first < log.size();
    boolean isInWindow = wasShown && click.timestamp() <= log.get(first).timestamp() + WINDOW;
    if (index > first && isLabelled(log, first, click)) {
      return isInWindow ? Fate.LATE : Fate.OUTSIDE_WINDOW;
    }
    for (int i = 0; i < index; i++) {
      if (isSameClickStillWaiting(log, i, index, first)) {
        return Fate.DUPLICATE;
      }
    }
    if (!wasShown || givenUpBefore(log, index, first)) {
      return Fate.NO_IMPRESSION;
    }
    return isInWindow ? Fate.COUNTED : Fate.OUTSIDE_WINDOW;
  }

  private static boolean isLabelled(List<Arrival> log, int first, Arrival met) {
    return log.get(first).timestamp() + WAIT <= met.watermark();
  }

  private static boolean isSameClickStillWaiting(
      List<Arrival> log, int earlier, int index, int first) {
    Arrival before = log.get(earlier);
    if (!log.get(index).clickId().equals(before.clickId()) || before.isLate()) {
      return false;
    }
    return clickFate(log, earlier, first) != Fate.DUPLICATE
        && !givenUpBefore(log, earlier, Math.min(index, first));
  }

  /** Whether a click that arrived first was given up before another arrival. */
  private static boolean givenUpBefore(List<Arrival> log, int click, int other) {
    return click < other && log.get(click).timestamp() + WAIT <= log.get(other).watermark();
  }
}
