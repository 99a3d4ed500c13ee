package dev.millrace.jobs.demo;

import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.features.ranking.FieldRanker;
import dev.millrace.features.ranking.FieldScore;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.LabelledImpression;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes in labelled impressions: as training examples, for the field ranking, and to be counted.
 */
final class LabelCollector {

  private final FeatureBinder binder;
  private final FieldRanker ranker;
  private final RowEncoder encoder;
  private final String fingerprint;
  private final ExampleBuffer examples;
  private final int[] rows;
  private final float[] weights;
  private final Set<String> ids = new HashSet<>();
  private long clicked;
  private long clicks;
  private long repeated;
  private Instant lastTimestamp = Instant.EPOCH;

  LabelCollector(FeatureCatalog catalog, RowEncoder encoder) {
    this.binder = new FeatureBinder(catalog);
    this.ranker = new FieldRanker(catalog);
    this.encoder = encoder;
    this.fingerprint = catalog.fingerprint();
    this.examples = new ExampleBuffer(encoder.lookups());
    this.rows = new int[encoder.lookups()];
    this.weights = new float[encoder.lookups()];
  }

  /**
   * Takes a labelled impression in.
   *
   * @throws IllegalArgumentException if another catalogue wrote it
   */
  synchronized void add(LabelledImpression labelled) {
    Impression impression = labelled.getImpression();
    if (!labelled.getCatalogFingerprint().equals(fingerprint)) {
      throw new IllegalArgumentException(
          "catalogFingerprint of impression %s must be %s, found %s"
              .formatted(
                  impression.getImpressionId(), fingerprint, labelled.getCatalogFingerprint()));
    }
    Object[] values =
        binder.bindLogged(impression.getUserId(), impression.getItemId(), impression.getFeatures());
    encoder.encode(values, rows, weights, 0);
    examples.add(rows, weights, labelled.getClicked() ? 1 : 0);
    ranker.add(values, labelled.getClicked());
    clicked += labelled.getClicked() ? 1 : 0;
    clicks += labelled.getClicks();
    lastTimestamp =
        impression.getTimestamp().isAfter(lastTimestamp)
            ? impression.getTimestamp()
            : lastTimestamp;
    repeated += ids.add(impression.getImpressionId()) ? 0 : 1;
  }

  /** The examples so far; labels come in the order in which their windows closed. */
  synchronized ExampleBuffer examples() {
    ExampleBuffer copy = new ExampleBuffer(encoder.lookups());
    for (int i = 0; i < examples.size(); i++) {
      copy.add(examples, i);
    }
    return copy;
  }

  synchronized List<FieldScore> rankFields() {
    return ranker.rank();
  }

  /** Labelled impressions. */
  synchronized long size() {
    return examples.size();
  }

  /** Those with a click. */
  synchronized long clicked() {
    return clicked;
  }

  /** Clicks attributed. */
  synchronized long clicks() {
    return clicks;
  }

  /** When the last of the labelled impressions was shown. */
  synchronized Instant lastTimestamp() {
    return lastTimestamp;
  }

  /** Labelled impressions whose id came before. */
  synchronized long repeated() {
    return repeated;
  }
}
