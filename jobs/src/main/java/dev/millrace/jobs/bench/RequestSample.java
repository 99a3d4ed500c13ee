package dev.millrace.jobs.bench;

import dev.millrace.features.catalog.Entity;
import dev.millrace.features.catalog.FeatureBinder;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.RowEncoder;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.FeaturisedRequest;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.Topic;
import java.util.List;
import java.util.Map;

/** Requests with the streaming features that the ranking job would look up for them. */
final class RequestSample {

  private final FeatureCatalog catalog;
  private final List<RankingRequest> requests;
  private final Map<String, FeatureValue> features;

  /**
   * @param features by {@link Topic#entityKey}
   */
  RequestSample(
      FeatureCatalog catalog, List<RankingRequest> requests, Map<String, FeatureValue> features) {
    this.catalog = catalog;
    this.requests = List.copyOf(requests);
    this.features = features;
  }

  FeatureCatalog catalog() {
    return catalog;
  }

  List<RankingRequest> requests() {
    return requests;
  }

  List<FeaturisedRequest> featurised() {
    return requests.stream().map(this::featurised).toList();
  }

  private FeaturisedRequest featurised(RankingRequest request) {
    // Null for the record the request came in as: a ranker reads the features only.
    return new FeaturisedRequest(
        null,
        feature(Entity.USER, request.getUserId()),
        request.getCandidates().stream()
            .map(candidate -> feature(Entity.ITEM, candidate.getItemId()))
            .toList());
  }

  private FeatureValue feature(Entity entity, String key) {
    return features.get(Topic.entityKey(entity.token(), key));
  }

  private Map<String, Object> values(Entity entity, String key) {
    FeatureValue feature = feature(entity, key);
    return feature == null ? Map.of() : feature.getValues();
  }

  /** Every candidate of every request, encoded, in order; the labels mean nothing. */
  ExampleBuffer encode(RowEncoder encoder) {
    ExampleBuffer examples = new ExampleBuffer(encoder.lookups());
    FeatureBinder binder = new FeatureBinder(catalog);
    int[] rows = new int[encoder.lookups()];
    float[] weights = new float[encoder.lookups()];
    for (RankingRequest request : requests) {
      Object[] shared = binder.newRow();
      String user = request.getUserId();
      binder.bindUser(shared, user, request.getContext(), values(Entity.USER, user));
      for (Candidate candidate : request.getCandidates()) {
        Object[] row = shared.clone();
        String item = candidate.getItemId();
        binder.bindItem(row, item, candidate.getFeatures(), values(Entity.ITEM, item));
        encoder.encode(row, rows, weights, 0);
        examples.add(rows, weights, 0);
      }
    }
    return examples;
  }
}
