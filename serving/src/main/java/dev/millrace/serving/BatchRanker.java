package dev.millrace.serving;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.FeaturisedRequest;
import dev.millrace.schemas.RankingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ranks requests in batches: featurise, embed, score, sort. Requests wait until the batch is full
 * or is flushed; each is scored by the release that is live then.
 *
 * <p>Not safe for use by several threads at once. Closing it closes the live release.
 */
public final class BatchRanker implements AutoCloseable {

  private final FeatureCatalog catalog;
  private final FeatureBinder binder;
  private final Exploration exploration;
  private final int maxBatch;
  private final List<PendingRequest> pending = new ArrayList<>();
  private int pendingCandidates;
  private Release live;
  private ReleaseBatch batch;

  /**
   * A ranker without a live release.
   *
   * @param explorationSeed of the policy that answers until there is one
   * @param maxBatch candidates after which a batch is full, at least 1
   */
  public BatchRanker(FeatureCatalog catalog, long explorationSeed, int maxBatch) {
    this.catalog = catalog;
    this.binder = new FeatureBinder(catalog);
    this.exploration = new Exploration(explorationSeed);
    this.maxBatch = maxBatch;
  }

  /** The live release, if there is one. */
  public Optional<Release> live() {
    return Optional.ofNullable(live);
  }

  /**
   * Makes a release live and closes the one before.
   *
   * @param release null for none
   * @throws IllegalStateException if requests wait, which belong to the one before
   */
  public void use(Release release) {
    if (!pending.isEmpty()) {
      throw new IllegalStateException(
          "a release must not change under requests that wait, found " + pending.size());
    }
    Release before = live;
    live = release;
    batch = release == null ? null : new ReleaseBatch(release.scorer(), maxBatch);
    if (before != null) {
      before.close();
    }
  }

  /**
   * Takes a request in.
   *
   * @param request as it was read
   * @param features the streaming features of its user and candidates
   * @return whether the batch is full and must be flushed
   */
  public boolean add(RankingRequest request, FeaturisedRequest features) {
    List<Object[]> rows = bind(request, features);
    if (batch != null) {
      rows.forEach(batch::add);
    }
    pending.add(new PendingRequest(request, rows));
    pendingCandidates += rows.size();
    return pendingCandidates >= maxBatch;
  }

  private List<Object[]> bind(RankingRequest request, FeaturisedRequest features) {
    Object[] shared = binder.newRow();
    binder.bindUser(shared, request.getUserId(), request.getContext(), values(features.getUser()));
    List<Object[]> rows = new ArrayList<>(request.getCandidates().size());
    for (int i = 0; i < request.getCandidates().size(); i++) {
      Candidate candidate = request.getCandidates().get(i);
      Object[] row = shared.clone();
      binder.bindItem(
          row, candidate.getItemId(), candidate.getFeatures(), values(features.getItems().get(i)));
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> values(FeatureValue features) {
    return features == null ? Map.of() : features.getValues();
  }

  /** Requests that wait. */
  public int waiting() {
    return pending.size();
  }

  /** Scores what waits and hands out the answers, in the order in which the requests came. */
  public void flush(Consumer<RankedRequest> out) {
    if (pending.isEmpty()) {
      return;
    }
    float[] probabilities = batch == null ? null : batch.score();
    int first = 0;
    for (PendingRequest request : pending) {
      out.accept(answer(request, probabilities, first));
      first += request.rows().size();
    }
    pending.clear();
    pendingCandidates = 0;
    if (batch != null) {
      batch.clear();
    }
  }

  private RankedRequest answer(PendingRequest request, float[] probabilities, int first) {
    RankingBuilder builder = new RankingBuilder(request.request(), catalog.fingerprint(), binder);
    List<Candidate> candidates = request.request().getCandidates();
    String requestId = request.request().getRequestId();
    for (int i = 0; i < candidates.size(); i++) {
      double score =
          probabilities == null
              ? exploration.score(requestId, candidates.get(i).getItemId())
              : probabilities[first + i];
      builder.add(i, score);
    }
    return live == null
        ? builder.explored(request.rows())
        : builder.ranked(request.rows(), live, index -> batch.rows(first + index));
  }

  @Override
  public void close() {
    if (live != null) {
      live.close();
      live = null;
    }
  }

  /**
   * A request that waits.
   *
   * @param rows feature values of each candidate by field ordinal
   */
  private record PendingRequest(RankingRequest request, List<Object[]> rows) {}
}
