package dev.millrace.features.data;

import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.Click;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.RankingRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a line of a log says of an impression, and the records built from it. Ids derive from the
 * impression's: {@code <impression>/request}, {@code <impression>/click}.
 *
 * @param context context features by field name
 * @param shown the shown item with its features
 * @param position slot on the page from 1, null where the log does not say
 * @param propensity in (0,1], null where the log does not say
 */
record LogLine(
    String impressionId,
    String userId,
    Instant timestamp,
    Map<String, Object> context,
    Candidate shown,
    Integer position,
    Double propensity) {

  LoggedInteraction with(
      List<Candidate> candidates, boolean clicked, InteractionDraws.ForImpression draws) {
    Optional<Click> click = clicked ? Optional.of(click(draws)) : Optional.empty();
    return new LoggedInteraction(request(candidates), impression(), click);
  }

  private String requestId() {
    return impressionId + "/request";
  }

  private RankingRequest request(List<Candidate> candidates) {
    return RankingRequest.newBuilder()
        .setRequestId(requestId())
        .setUserId(userId)
        .setTimestamp(timestamp)
        .setContext(context)
        .setCandidates(candidates)
        .setSlots(0)
        .build();
  }

  private Impression impression() {
    Map<String, Object> features = new HashMap<>(context);
    features.putAll(shown.getFeatures());
    return Impression.newBuilder()
        .setImpressionId(impressionId)
        .setRequestId(requestId())
        .setUserId(userId)
        .setItemId(shown.getItemId())
        .setTimestamp(timestamp)
        .setPosition(position)
        .setPropensity(propensity)
        .setFeatures(features)
        .build();
  }

  private Click click(InteractionDraws.ForImpression draws) {
    return Click.newBuilder()
        .setClickId(impressionId + "/click")
        .setImpressionId(impressionId)
        .setUserId(userId)
        .setItemId(shown.getItemId())
        .setTimestamp(timestamp.plus(draws.clickDelay()))
        .build();
  }
}
