package dev.millrace.features.report;

import dev.millrace.features.ranking.RankedGroup;
import dev.millrace.features.ranking.Relevance;

/** What the interaction information of a pair comes to. */
enum InteractionReading {
  /** The two tell more together than apart. */
  SYNERGY("synergy"),
  /** The two tell the same, in part. */
  REDUNDANCY("redundancy"),
  /** More of what the two show together is noise than is not. */
  UNCLEAR("unclear"),
  /** Nothing that chance would not show. */
  NONE("");

  private final String reading;

  InteractionReading(String reading) {
    this.reading = reading;
  }

  /**
   * Reads a pair. Its interaction counts as one where it is greater than half of the 99% interval
   * of the pair's score, which varies more than the scores of its fields do. Combinations with few
   * rows each leave the baseline no room, take from the pair's score, and so look like redundancy.
   */
  static InteractionReading of(RankedGroup pair) {
    Relevance together = pair.relevance();
    double margin = together.upper() - together.score();
    if (!(Math.abs(pair.interactionNats()) > margin)) {
      return NONE;
    }
    if (together.noiseNats() > together.mutualInformationNats() / 2) {
      return UNCLEAR;
    }
    return pair.interactionNats() < 0 ? SYNERGY : REDUNDANCY;
  }

  /** Whether the pair shows synergy or redundancy. */
  boolean isReal() {
    return this == SYNERGY || this == REDUNDANCY;
  }

  /** The name for a reader; empty where there is none. */
  String reading() {
    return reading;
  }
}
