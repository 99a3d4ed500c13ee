package dev.millrace.jobs.features;

import dev.millrace.features.quality.Lifetimes;
import dev.millrace.features.ranking.ContingencyTable;
import dev.millrace.features.ranking.Relevance;
import dev.millrace.features.ranking.RelevanceEstimator;
import dev.millrace.schemas.FeatureRank;
import dev.millrace.schemas.Horizon;
import dev.millrace.schemas.LabelledImpression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the ranks of a log must be: all events in memory, one plain table for each rank. */
final class RankOracle {

  private final FeatureRankingSettings settings;
  private final Lifetimes lifetimes;
  private final List<Counted> counted = new ArrayList<>();

  private record Counted(long window, long until, LabelledImpression labelled) {}

  RankOracle(FeatureRankingSettings settings) {
    this.settings = settings;
    this.lifetimes = new Lifetimes(settings.halfLifeWindows());
  }

  private static long timestamp(LabelledImpression labelled) {
    return labelled.getImpression().getTimestamp().toEpochMilli();
  }

  /** Counts an impression unless its window was closed at that watermark. */
  boolean add(LabelledImpression labelled, long watermark) {
    long width = settings.windows().width().toMillis();
    long window = timestamp(labelled) / width;
    long closed = (window + 1) * width + settings.windows().allowedLateness().toMillis();
    if (watermark >= closed) {
      return false;
    }
    String id = labelled.getImpression().getImpressionId();
    counted.add(new Counted(window, lifetimes.until(window, id), labelled));
    return true;
  }

  /** Every rank that there must be, by field, horizon and window. */
  Map<String, Summary> summaries() {
    Map<String, Summary> summaries = new HashMap<>();
    for (long window : counted.stream().mapToLong(Counted::window).distinct().toArray()) {
      for (int field = 0; field < LabelledLog.CATALOG.fields().size(); field++) {
        for (Horizon horizon : Horizon.values()) {
          String name = LabelledLog.CATALOG.fields().get(field).name();
          Instant start = Instant.ofEpochMilli(window * settings.windows().width().toMillis());
          summaries.put(RankingChain.key(name, horizon, start), summary(window, name, horizon));
        }
      }
    }
    return summaries;
  }

  private Summary summary(long window, String field, Horizon horizon) {
    ContingencyTable<Object> table = new ContingencyTable<>(2);
    for (Counted each : counted) {
      boolean counts =
          horizon == Horizon.WINDOW
              ? each.window() == window
              : each.window() <= window && window <= each.until();
      if (counts) {
        table.add(value(each.labelled(), field), each.labelled().getClicked() ? 1 : 0, 1);
      }
    }
    long missing = table.rows(null);
    return new Summary(
        RelevanceEstimator.expected(table.profile()),
        table.rows(),
        table.cardinality() - (missing > 0 ? 1 : 0),
        missing);
  }

  private static Object value(LabelledImpression labelled, String field) {
    Map<String, Object> features = labelled.getImpression().getFeatures();
    return switch (field) {
      case "item" -> labelled.getImpression().getItemId();
      case "age" ->
          features.containsKey(field) ? (int) ((double) (Double) features.get(field) / 20) : null;
      default -> features.get(field);
    };
  }

  /** What a rank says, without what compares it with others. */
  record Summary(Relevance relevance, long rows, long cardinality, long missing) {

    static Summary of(FeatureRank rank) {
      return new Summary(
          new Relevance(
              rank.getScore(),
              rank.getMutualInformationNats(),
              rank.getNoiseNats(),
              rank.getStandardErrorNats(),
              0,
              rank.getPValue(),
              rank.getAdjusted()),
          rank.getRows(),
          rank.getCardinality(),
          rank.getMissing());
    }

    /** A rank does not tell the null deviation. */
    Summary published() {
      return new Summary(
          new Relevance(
              relevance.score(),
              relevance.mutualInformationNats(),
              relevance.noiseNats(),
              relevance.standardError(),
              0,
              relevance.pValue(),
              relevance.adjusted()),
          rows,
          cardinality,
          missing);
    }
  }
}
