package dev.millrace.serving;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.RankedItem;
import dev.millrace.schemas.Ranking;
import dev.millrace.schemas.RankingRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/** Sorts the scored candidates of a request, and logs what was scored of those that are shown. */
final class RankingBuilder {

  private static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::itemId);

  private final RankingRequest request;
  private final String catalogFingerprint;
  private final FeatureBinder binder;
  private final List<Scored> scored;

  RankingBuilder(RankingRequest request, String catalogFingerprint, FeatureBinder binder) {
    this.request = request;
    this.catalogFingerprint = catalogFingerprint;
    this.binder = binder;
    this.scored = new ArrayList<>(request.getCandidates().size());
  }

  /** Adds the score of a candidate. */
  void add(int candidate, double score) {
    scored.add(new Scored(candidate, request.getCandidates().get(candidate).getItemId(), score));
  }

  /**
   * The answer of a release.
   *
   * @param values feature values of each candidate by field ordinal
   * @param lookedUp embedding rows of each candidate
   */
  RankedRequest ranked(
      List<Object[]> values, Release release, IntFunction<List<Integer>> lookedUp) {
    scored.sort(BEST_FIRST);
    Scorer scorer = release.scorer();
    Ranking ranking = ranking(release.name(), scorer.bundle().manifestSha256(), scorer.provider());
    List<Impression> shown = new ArrayList<>();
    for (int i = 0; i < shown(); i++) {
      Scored item = scored.get(i);
      Impression impression = impression(i, values, release.name());
      impression.setPropensity(1.0);
      impression.setScore(item.score());
      impression.setRows(lookedUp.apply(item.candidate()));
      shown.add(impression);
    }
    return new RankedRequest(ranking, shown);
  }

  /** The answer of the policy that explores: scores are draws, and every slot is as likely. */
  RankedRequest explored(List<Object[]> values) {
    scored.sort(BEST_FIRST);
    List<Impression> shown = new ArrayList<>();
    for (int i = 0; i < shown(); i++) {
      Impression impression = impression(i, values, Exploration.RELEASE);
      impression.setPropensity(1.0 / scored.size());
      shown.add(impression);
    }
    return new RankedRequest(ranking(Exploration.RELEASE, null, null), shown);
  }

  private int shown() {
    return Math.min(request.getSlots(), scored.size());
  }

  private Ranking ranking(String release, String bundleSha256, String provider) {
    List<RankedItem> items = new ArrayList<>(scored.size());
    for (int i = 0; i < scored.size(); i++) {
      items.add(new RankedItem(scored.get(i).itemId(), scored.get(i).score(), i + 1));
    }
    return new Ranking(
        request.getRequestId(),
        request.getUserId(),
        request.getTimestamp(),
        items,
        release,
        bundleSha256,
        provider,
        catalogFingerprint);
  }

  private Impression impression(int index, List<Object[]> values, String release) {
    Scored item = scored.get(index);
    return Impression.newBuilder()
        .setImpressionId(request.getRequestId() + "/" + item.itemId())
        .setRequestId(request.getRequestId())
        .setUserId(request.getUserId())
        .setItemId(item.itemId())
        .setTimestamp(request.getTimestamp())
        .setPosition(index + 1)
        .setFeatures(binder.toMap(values.get(item.candidate())))
        .setCatalogFingerprint(catalogFingerprint)
        .setRelease(release)
        .build();
  }

  /** A candidate by its index in the request. */
  private record Scored(int candidate, String itemId, double score) {}
}
