package dev.millrace.jobs.demo;

import dev.millrace.schemas.FeatureRank;
import dev.millrace.schemas.Horizon;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Takes in the ranks of fields, to know when there are no more to come. */
final class RankCollector {

  private final int fields;
  private final Map<String, Instant> ends = new HashMap<>();

  /**
   * @param fields of the catalogue
   */
  RankCollector(int fields) {
    this.fields = fields;
  }

  /** Of a window the decayed rank comes last; earlier windows may be amended after later ones. */
  synchronized void add(FeatureRank rank) {
    if (rank.getHorizon() == Horizon.DECAYED) {
      ends.merge(
          rank.getFeatures().get(0),
          rank.getWindowEnd(),
          (known, end) -> end.isAfter(known) ? end : known);
    }
  }

  /** Whether every field has been ranked in the window of that time. */
  synchronized boolean areComplete(Instant last) {
    return ends.values().stream().filter(last::isBefore).count() == fields;
  }
}
