package dev.millrace.features.quality;

import dev.millrace.features.ranking.CountProfile;
import dev.millrace.schemas.AlarmKind;
import dev.millrace.schemas.FeatureAlarm;
import dev.millrace.schemas.FeatureRank;
import dev.millrace.schemas.FieldWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares a window of a field with the one before. */
final class ChangeDetector {
  /** Probability below which, and standard deviations beyond which, a change is no chance. */
  private static final double CHANCE = 1e-5;

  private static final double CERTAIN = 4;

  /** Standard deviations that a second sign of a change needs. */
  private static final double LIKELY = 3;

  /** A field is signal below the first and noise above the second; between them it stays. */
  private static final double SIGNAL_P_VALUE = 1e-4;

  private static final double NOISE_P_VALUE = 0.05;

  private final AlarmThresholds thresholds;

  ChangeDetector(AlarmThresholds thresholds) {
    this.thresholds = thresholds;
  }

  /** The drift of the field's values between two windows. */
  static PopulationStability drift(FieldWindow before, FieldWindow now) {
    return PopulationStability.between(
        buckets(before), before.getRank().getMissing(), buckets(now), now.getRank().getMissing());
  }

  private static long[] buckets(FieldWindow window) {
    return window.getBuckets().stream().mapToLong(Long::longValue).toArray();
  }

  /** The alarms that the change between two windows raises, in the order of their kinds. */
  List<FeatureAlarm> alarms(FieldWindow before, FieldWindow now) {
    List<FeatureAlarm> alarms = new ArrayList<>();
    Stream.of(
            driftAlarm(drift(before, now)),
            missing(before.getRank(), now.getRank()),
            cardinality(before, now),
            information(before.getRank(), now.getRank()),
            significance(before.getRank(), now.getRank()))
        .flatMap(Optional::stream)
        .forEach(alarms::add);
    return alarms;
  }

  private Optional<FeatureAlarm> driftAlarm(PopulationStability stability) {
    double excess = stability.excess();
    return excess >= thresholds.drift() && stability.pValue() < CHANCE
        ? alarm(
            AlarmKind.DRIFT,
            excess,
            thresholds.drift(),
            "population stability index %.4f, %.4f without drift",
            stability.index(),
            stability.expected())
        : Optional.empty();
  }

  private Optional<FeatureAlarm> missing(FeatureRank before, FeatureRank now) {
    double m = before.getRows();
    double n = now.getRows();
    double shareBefore = before.getMissing() / m;
    double share = now.getMissing() / n;
    double pooled = (before.getMissing() + now.getMissing()) / (m + n);
    double deviation = Math.sqrt(pooled * (1 - pooled) * (1 / m + 1 / n));
    double change = Math.abs(share - shareBefore);
    return change >= thresholds.missing() && change >= CERTAIN * deviation
        ? alarm(
            AlarmKind.MISSING,
            share - shareBefore,
            thresholds.missing(),
            "missing share %.4f, before %.4f",
            share,
            shareBefore)
        : Optional.empty();
  }

  /**
   * Compares distinct values among as many rows: those of the larger window in an expected random
   * sample of the smaller one's size. Their variance is at most their number.
   */
  private Optional<FeatureAlarm> cardinality(FieldWindow before, FieldWindow now) {
    long rows = Math.min(before.getRank().getRows(), now.getRank().getRows());
    double valuesBefore = distinct(before, rows);
    double values = distinct(now, rows);
    double ratio = values / valuesBefore;
    double factor = Math.max(ratio, 1 / ratio);
    double noise = Math.sqrt(Math.max(values, valuesBefore));
    return factor >= thresholds.cardinality() && Math.abs(values - valuesBefore) >= CERTAIN * noise
        ? alarm(
            AlarmKind.CARDINALITY,
            ratio,
            ratio > 1 ? thresholds.cardinality() : 1 / thresholds.cardinality(),
            "%.0f distinct values in %d rows, before %.0f",
            values,
            rows,
            valuesBefore)
        : Optional.empty();
  }

  private static double distinct(FieldWindow window, long rows) {
    CountProfile table = HorizonTally.table(window.getProfile());
    double dropped = 1 - (double) rows / window.getRank().getRows();
    double distinct = 0;
    for (int i = 0; i < table.size(); i++) {
      distinct += table.multiplicity(i) * (1 - Math.pow(dropped, (double) table.total(i)));
    }
    return distinct;
  }

  private Optional<FeatureAlarm> information(FeatureRank before, FeatureRank now) {
    double change = scoreChange(before, now);
    return Math.abs(change) >= thresholds.information()
        ? alarm(
            change > 0 ? AlarmKind.INFORMATION_GAINED : AlarmKind.INFORMATION_LOST,
            change,
            thresholds.information(),
            "score %.6f nats, before %.6f",
            now.getScore(),
            before.getScore())
        : Optional.empty();
  }

  /** Change of the score in standard errors of the difference. */
  private static double scoreChange(FeatureRank before, FeatureRank now) {
    double change = now.getScore() - before.getScore();
    double error = Math.hypot(before.getStandardErrorNats(), now.getStandardErrorNats());
    return change == 0 ? 0 : change / error;
  }

  /** A weak signal is lost in fewer rows without having changed, so the score must have, too. */
  private static Optional<FeatureAlarm> significance(FeatureRank before, FeatureRank now) {
    double change = scoreChange(before, now);
    double pBefore = before.getPValue();
    double p = now.getPValue();
    if (pBefore >= NOISE_P_VALUE && p < SIGNAL_P_VALUE && change >= LIKELY) {
      return significance(AlarmKind.BECAME_SIGNAL, pBefore, p, SIGNAL_P_VALUE);
    }
    if (pBefore < SIGNAL_P_VALUE && p >= NOISE_P_VALUE && change <= -LIKELY) {
      return significance(AlarmKind.BECAME_NOISE, pBefore, p, NOISE_P_VALUE);
    }
    return Optional.empty();
  }

  private static Optional<FeatureAlarm> significance(
      AlarmKind kind, double before, double now, double threshold) {
    return alarm(kind, now, threshold, "p-value %.3g, before %.3g", now, before);
  }

  private static Optional<FeatureAlarm> alarm(
      AlarmKind kind, double value, double threshold, String message, Object... found) {
    return Optional.of(
        new FeatureAlarm(kind, value, threshold, String.format(Locale.ROOT, message, found)));
  }
}
