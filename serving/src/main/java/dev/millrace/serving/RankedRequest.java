package dev.millrace.serving;

import dev.millrace.schemas.Impression;
import dev.millrace.schemas.Ranking;
import java.util.List;

/**
 * The answer to a request.
 *
 * @param ranking all candidates, best first
 * @param impressions what was scored, of the candidates that are shown; none if the request shows
 *     none
 */
public record RankedRequest(Ranking ranking, List<Impression> impressions) {

  public RankedRequest {
    impressions = List.copyOf(impressions);
  }
}
