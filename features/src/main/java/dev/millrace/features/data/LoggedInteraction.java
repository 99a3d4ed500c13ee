package dev.millrace.features.data;

import dev.millrace.schemas.Click;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.RankingRequest;
import java.util.Objects;
import java.util.Optional;

/**
 * An impression of a log with what led to it and what followed.
 *
 * @param request the ranking request the impression answers, with the logged item among the
 *     candidates; its slots are 0, so that serving it logs no second impression
 * @param impression what was shown, at its recorded time; its features are those of the context and
 *     of the item
 * @param click the click on it; its time is the impression's plus a seeded delay in [1 s, 60 s),
 *     since the logs record whether a click came and not when
 */
public record LoggedInteraction(
    RankingRequest request, Impression impression, Optional<Click> click) {

  public LoggedInteraction {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(impression, "impression");
    Objects.requireNonNull(click, "click");
  }
}
