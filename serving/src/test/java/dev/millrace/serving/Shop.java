package dev.millrace.serving;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.FeaturisedRequest;
import dev.millrace.schemas.RankingRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A small shop with a field of every kind, and requests of its users. */
final class Shop {

  static final FeatureCatalog UNIFIED = catalog("{kind: unified, buckets: 2048, dim: 8}");
  static final FeatureCatalog VOCABULARY = catalog("{kind: vocabulary, minCount: 2, dim: 8}");

  /** Without a multi-valued field, so that nothing is weighted. */
  static final FeatureCatalog PLAIN =
      FeatureCatalog.parse(
          """
          name: plain
          embedding: {kind: unified, buckets: 64, dim: 4}
          fields:
            - {name: user, kind: categorical, from: user-id}
            - {name: item, kind: categorical, from: item-id}
          """,
          "plain.yaml");

  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static final int USERS = 50;
  private static final int ITEMS = 80;
  private static final List<String> COUNTRIES = List.of("LV", "LT", "EE");
  private static final List<String> TAGS = List.of("new", "sale", "eco", "gift");

  private Shop() {}

  private static FeatureCatalog catalog(String embedding) {
    return FeatureCatalog.parse(
        """
        name: shop
        embedding: %s
        fields:
          - {name: user, kind: categorical, from: user-id}
          - {name: item, kind: categorical, from: item-id}
          - {name: country, kind: categorical, from: context}
          - {name: price, kind: numeric, from: item, bucketing: {kind: log-square}}
          - {name: tags, kind: multi-valued, from: item, maxValues: 3}
          - {name: item_ctr, kind: numeric, from: streaming, bucketing: {kind: quantile, boundaries: [0.05, 0.1, 0.2]}}
          - {name: recent_clicks, kind: multi-valued, from: streaming, maxValues: 4}
        streaming:
          - {name: item_ctr, kind: rate, entity: item, window: 6h, buckets: 12, prior: {clicks: 1, impressions: 20}}
          - {name: recent_clicks, kind: history, entity: user, event: click, size: 4}
        """
            .formatted(embedding),
        "shop.yaml");
  }

  /** A request for so many different items. */
  static RankingRequest request(String id, int candidates, int slots, SplittableRandom random) {
    int first = random.nextInt(ITEMS);
    return new RankingRequest(
        id,
        "u" + random.nextInt(USERS),
        NOON,
        Map.of("country", any(COUNTRIES, random)),
        IntStream.range(0, candidates).mapToObj(i -> candidate(first + i, random)).toList(),
        slots);
  }

  private static Candidate candidate(int item, SplittableRandom random) {
    List<String> tags = TAGS.subList(random.nextInt(2), 2 + random.nextInt(TAGS.size() - 1));
    return new Candidate(
        "i%02d".formatted(item), Map.of("price", random.nextInt(1, 500) / 4.0, "tags", tags));
  }

  /** The request with streaming features; every fourth entity has none. */
  static FeaturisedRequest features(RankingRequest request, SplittableRandom random) {
    FeatureValue user =
        value("user", request.getUserId(), Map.of("recent_clicks", clicks(random)), random);
    List<FeatureValue> items =
        request.getCandidates().stream()
            .map(
                candidate ->
                    value(
                        "item",
                        candidate.getItemId(),
                        Map.of("item_ctr", random.nextInt(30) / 100.0),
                        random))
            .toList();
    return new FeaturisedRequest(null, user, items);
  }

  /** The request of entities that have no streaming features. */
  static FeaturisedRequest withoutFeatures(RankingRequest request) {
    return new FeaturisedRequest(
        null, null, Collections.nCopies(request.getCandidates().size(), null));
  }

  private static List<String> clicks(SplittableRandom random) {
    return random.ints(1 + random.nextInt(4), 0, ITEMS).mapToObj("i%02d"::formatted).toList();
  }

  private static FeatureValue value(
      String entity, String key, Map<String, Object> values, SplittableRandom random) {
    return random.nextInt(4) == 0
        ? null
        : new FeatureValue(entity, key, NOON, values, UNIFIED.fingerprint());
  }

  private static String any(List<String> values, SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }
}
