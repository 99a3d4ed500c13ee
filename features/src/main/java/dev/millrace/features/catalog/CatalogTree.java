package dev.millrace.features.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** The canonical form of a catalogue: fixed key order, defaults spelt out, durations normalised. */
final class CatalogTree {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private CatalogTree() {}

  /** What the fingerprint covers: all but the name. */
  static ObjectNode of(FeatureCatalog catalog) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.set("embedding", embedding(catalog.embedding()));
    ArrayNode fields = tree.putArray("fields");
    catalog.fields().forEach(field -> fields.add(field(field)));
    ArrayNode streaming = tree.putArray("streaming");
    catalog.streaming().forEach(feature -> streaming.add(streaming(feature)));
    return tree;
  }

  static String toYaml(FeatureCatalog catalog) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("name", catalog.name());
    tree.setAll(of(catalog));
    try {
      return YAML.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory must be writable, found " + e, e);
    }
  }

  private static ObjectNode embedding(Embedding embedding) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (embedding instanceof Embedding.Unified unified) {
      node.put("kind", "unified").put("buckets", unified.buckets());
    } else if (embedding instanceof Embedding.Separate separate) {
      ObjectNode buckets = node.put("kind", "separate").putObject("buckets");
      separate.buckets().forEach(buckets::put);
    } else if (embedding instanceof Embedding.VocabularyTable vocabulary) {
      node.put("kind", "vocabulary").put("minCount", vocabulary.minCount());
    }
    return node.put("dim", embedding.dim());
  }

  private static ObjectNode field(Field field) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", field.name());
    node.put("kind", Token.of(field.kind()));
    node.put("from", Token.of(field.source()));
    node.put("chunks", field.chunks());
    field.bucketing().ifPresent(bucketing -> node.set("bucketing", bucketing(bucketing)));
    if (field.kind() == FieldKind.MULTI_VALUED) {
      node.put("maxValues", field.maxValues());
    }
    return node;
  }

  private static ObjectNode bucketing(Bucketing bucketing) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (bucketing instanceof Bucketing.LogSquare) {
      node.put("kind", "log-square");
    } else if (bucketing instanceof Bucketing.Quantile quantile) {
      ArrayNode boundaries = node.put("kind", "quantile").putArray("boundaries");
      quantile.boundaries().forEach(boundaries::add);
    } else if (bucketing instanceof Bucketing.UnfittedQuantile unfitted) {
      node.put("kind", "quantile").put("buckets", unfitted.buckets());
    } else if (bucketing instanceof Bucketing.Scaled scaled) {
      node.put("kind", "min-max").put("min", scaled.min()).put("max", scaled.max());
    } else if (bucketing instanceof Bucketing.UnfittedScaled) {
      node.put("kind", "min-max");
    }
    return node;
  }

  private static ObjectNode streaming(StreamingFeature feature) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", feature.name());
    if (feature instanceof StreamingFeature.Counter counter) {
      node.put("kind", "counter").put("event", Token.of(counter.event()));
    } else if (feature instanceof StreamingFeature.Rate rate) {
      node.put("kind", "rate");
      node.putObject("prior")
          .put("clicks", rate.priorClicks())
          .put("impressions", rate.priorImpressions());
    } else if (feature instanceof StreamingFeature.History history) {
      node.put("kind", "history").put("event", Token.of(history.event()));
      node.put("size", history.size());
      node.put("retention", Durations.format(history.retention()));
    }
    node.put("entity", Token.of(feature.entity()));
    if (feature instanceof StreamingFeature.Windowed windowed) {
      node.put("window", Durations.format(windowed.window()));
      node.put("buckets", windowed.buckets());
    }
    return node;
  }
}
