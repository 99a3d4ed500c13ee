package dev.millrace.jobs.ranking;

import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.WireFormat;

/** What the operators of the ranking job agree on about requests. */
final class Requests {

  /** The candidate number of the part that is the request itself. */
  static final int HEAD = -1;

  private Requests() {}

  static RankingRequest decode(WireFormat<RankingRequest> format, Received received) {
    return format.decode(
        received.getValue().array(),
        received.getTopic(),
        received.getPartition(),
        received.getOffset());
  }
}
