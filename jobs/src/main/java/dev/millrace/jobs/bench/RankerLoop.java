package dev.millrace.jobs.bench;

import dev.millrace.schemas.FeaturisedRequest;
import dev.millrace.schemas.ModelRelease;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.serving.BatchRanker;
import dev.millrace.serving.RankedRequest;
import dev.millrace.serving.Release;
import dev.millrace.serving.ScorerSettings;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;

/** What the ranking job does with a featurised request, without the job. */
final class RankerLoop implements LongSupplier, AutoCloseable {

  private final BatchRanker ranker;
  private final List<RankingRequest> requests;
  private final List<FeaturisedRequest> featurised;
  private long ranked;

  private RankerLoop(BatchRanker ranker, RequestSample sample) {
    this.ranker = ranker;
    this.requests = sample.requests();
    this.featurised = sample.featurised();
  }

  static RankerLoop open(
      ModelRelease release, RequestSample sample, ScorerSettings settings, long seed)
      throws IOException {
    BatchRanker ranker = new BatchRanker(sample.catalog(), seed, settings.maxBatch());
    ranker.use(Release.load(release, sample.catalog().fingerprint(), settings));
    return new RankerLoop(ranker, sample);
  }

  /** Ranks every request once and gives their number. */
  @Override
  public long getAsLong() {
    ranked = 0;
    for (int i = 0; i < requests.size(); i++) {
      if (ranker.add(requests.get(i), featurised.get(i))) {
        ranker.flush(this::count);
      }
    }
    ranker.flush(this::count);
    return ranked;
  }

  private void count(RankedRequest answer) {
    ranked++;
  }

  @Override
  public void close() {
    ranker.close();
  }
}
