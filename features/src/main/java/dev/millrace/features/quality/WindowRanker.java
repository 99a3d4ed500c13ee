package dev.millrace.features.quality;

import dev.millrace.features.ranking.CountProfile;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.RelevanceEstimator;
import dev.millrace.schemas.FeatureRank;
import dev.millrace.schemas.FieldProfile;
import dev.millrace.schemas.FieldWindow;
import dev.millrace.schemas.Horizon;
import dev.millrace.schemas.HorizonProfile;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Ranks the windows of fields from the profiles of their shards. */
public final class WindowRanker {
  private final Windows windows;
  private final List<String> fields;
  private final String catalogFingerprint;
  private final ChangeDetector changes;

  /**
   * @param fields names by ordinal
   */
  public WindowRanker(
      Windows windows, List<String> fields, String catalogFingerprint, AlarmThresholds thresholds) {
    this.windows = windows;
    this.fields = List.copyOf(fields);
    this.catalogFingerprint = catalogFingerprint;
    this.changes = new ChangeDetector(thresholds);
  }

  /**
   * Ranks a window.
   *
   * @param field ordinal
   * @param window its number
   * @param shards what the shards of the field hold, in any order; together at least one row of the
   *     window
   * @param before the window before, null if there is none
   */
  public FieldWindow rank(
      int field, long window, Iterable<FieldProfile> shards, FieldWindow before) {
    HorizonTally current = new HorizonTally();
    HorizonTally decayed = new HorizonTally();
    Long[] buckets = new Long[ValueHash.BUCKETS];
    Arrays.fill(buckets, 0L);
    for (FieldProfile shard : shards) {
      current.add(shard.getCurrent());
      decayed.add(shard.getDecayed());
      for (int i = 0; i < ValueHash.BUCKETS_OF_SHARD; i++) {
        buckets[shard.getShard() + i * ValueHash.SHARDS] = shard.getBuckets().get(i);
      }
    }
    HorizonProfile profile = current.build();
    FieldWindow now =
        new FieldWindow(
            profile,
            Arrays.asList(buckets),
            rank(field, window, profile, Horizon.WINDOW),
            rank(field, window, decayed.build(), Horizon.DECAYED));
    if (before != null) {
      now.getRank().setDrift(ChangeDetector.drift(before, now).excess());
      now.getRank().setAlarms(changes.alarms(before, now));
    }
    return now;
  }

  private FeatureRank rank(int field, long window, HorizonProfile profile, Horizon horizon) {
    CountProfile table = HorizonTally.table(profile);
    Relevance relevance = RelevanceEstimator.expected(table);
    long rows = table.rows();
    long missing = profile.getMissing();
    return FeatureRank.newBuilder()
        .setFeatures(List.of(fields.get(field)))
        .setWindowStart(Instant.ofEpochMilli(windows.start(window)))
        .setWindowEnd(Instant.ofEpochMilli(windows.end(window)))
        .setRows(rows)
        .setScore(relevance.score())
        .setMutualInformationNats(relevance.mutualInformationNats())
        .setNoiseNats(relevance.noiseNats())
        .setCardinality(table.cardinality() - (missing > 0 ? 1 : 0))
        .setCoverage((double) (rows - missing) / rows)
        .setCatalogFingerprint(catalogFingerprint)
        .setHorizon(horizon)
        .setStandardErrorNats(relevance.standardError())
        .setPValue(relevance.pValue())
        .setAdjusted(relevance.adjusted())
        .setMissing(missing)
        .setRareValues(rareValues(table, missing))
        .setMostFrequent(profile.getMostFrequent())
        .build();
  }

  /** Values of one row, the missing one not counted. */
  private static long rareValues(CountProfile table, long missing) {
    long rare = missing == 1 ? -1 : 0;
    for (int i = 0; i < table.size(); i++) {
      rare += table.total(i) == 1 ? table.multiplicity(i) : 0;
    }
    return rare;
  }
}
