package dev.millrace.jobs.features;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.jobs.Events;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.LabelledImpression;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random labelled impressions over a catalogue with a field of every kind. */
final class LabelledLog {

  static final FeatureCatalog CATALOG =
      FeatureCatalog.parse(
          """
          name: ranked
          embedding: {kind: unified, buckets: 64, dim: 4}
          fields:
            - {name: item, kind: categorical, from: item-id}
            - {name: device, kind: categorical, from: context}
            - {name: age, kind: numeric, from: context, bucketing: {kind: quantile, boundaries: [20, 40, 60]}}
            - {name: genres, kind: multi-valued, from: item, maxValues: 3}
          """,
          "catalogue of the test");

  private static final List<String> DEVICES = List.of("phone", "tablet", "desktop");

  private final Random random;
  private int next;

  LabelledLog(long seed) {
    random = new Random(seed);
  }

  /** The device tells about the click, the other fields do not. */
  LabelledImpression next(long timestamp) {
    int device = random.nextInt(DEVICES.size() + 1);
    Map<String, Object> features = new HashMap<>();
    if (device < DEVICES.size()) {
      features.put("device", DEVICES.get(device));
    }
    if (random.nextInt(5) > 0) {
      features.put("age", 80 * random.nextDouble());
    }
    features.put("genres", List.of("g" + random.nextInt(3), "g" + random.nextInt(2)));
    return labelled(
        timestamp, "i" + random.nextInt(30), features, random.nextInt(8) < 1 + 2 * device);
  }

  LabelledImpression labelled(
      long timestamp, String item, Map<String, Object> features, boolean clicked) {
    Impression impression = Events.impression("impression-" + next++, timestamp);
    impression.setItemId(item);
    impression.setFeatures(features);
    return new LabelledImpression(
        impression,
        clicked,
        clicked ? 1 : 0,
        null,
        Duration.ofMinutes(30).toMillis(),
        CATALOG.fingerprint());
  }
}
