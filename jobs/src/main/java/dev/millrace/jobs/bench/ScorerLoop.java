package dev.millrace.jobs.bench;

import dev.millrace.models.bundle.ModelBundle;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.serving.Scorer;
import dev.millrace.serving.ScorerSettings;
import dev.millrace.serving.ScoringBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Nothing but ONNX Runtime: scores batches that were encoded beforehand. */
final class ScorerLoop implements LongSupplier, AutoCloseable {

  private final Scorer scorer;
  private final int requests;
  private final List<ScoringBatch> batches;
  private final float[] probabilities;

  private ScorerLoop(Scorer scorer, int requests, List<ScoringBatch> batches, int maxBatch) {
    this.scorer = scorer;
    this.requests = requests;
    this.batches = batches;
    this.probabilities = new float[maxBatch];
  }

  static ScorerLoop open(ModelBundle bundle, RequestSample sample, ScorerSettings settings)
      throws IOException {
    Scorer scorer = Scorer.open(bundle, sample.catalog().fingerprint(), settings);
    try {
      List<ScoringBatch> batches = batches(scorer, sample, settings.maxBatch());
      return new ScorerLoop(scorer, sample.requests().size(), batches, settings.maxBatch());
    } catch (RuntimeException e) {
      scorer.close();
      throw e;
    }
  }

  private static List<ScoringBatch> batches(Scorer scorer, RequestSample sample, int maxBatch) {
    ExampleBuffer examples = sample.encode(scorer.encoder());
    int[] rows = new int[examples.lookups()];
    float[] weights = new float[examples.lookups()];
    List<ScoringBatch> batches = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      if (i % maxBatch == 0) {
        batches.add(scorer.newBatch(maxBatch));
      }
      examples.rows().get(i * rows.length, rows);
      examples.weights().get(i * weights.length, weights);
      batches.get(i / maxBatch).add(rows, weights);
    }
    return batches;
  }

  /** Scores every batch once and gives the number of requests that are in them. */
  @Override
  public long getAsLong() {
    for (ScoringBatch batch : batches) {
      scorer.score(batch, probabilities);
    }
    return requests;
  }

  @Override
  public void close() {
    scorer.close();
  }
}
