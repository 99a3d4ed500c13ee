package dev.millrace.features.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Reads the YAML of a catalogue; the rules of single definitions are those of their records. */
final class CatalogReader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CatalogReader() {}

  static FeatureCatalog read(String yaml, String origin) {
    CatalogObject root = new CatalogObject(origin, "", tree(yaml, origin));
    String name = root.text("name");
    Embedding embedding = embedding(root.object("embedding"));
    List<Field> fields = new ArrayList<>();
    for (CatalogObject object : root.objects("fields")) {
      fields.add(field(fields.size(), object));
    }
    List<StreamingFeature> streaming = new ArrayList<>();
    if (root.has("streaming")) {
      root.objects("streaming").forEach(object -> streaming.add(streaming(object)));
    }
    return root.build(() -> FeatureCatalog.of(name, embedding, fields, streaming));
  }

  private static JsonNode tree(String yaml, String origin) {
    try {
      refuseAliases(yaml, origin);
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      String problem =
          e.getOriginalMessage()
              .lines()
              .filter(part -> !part.startsWith(" "))
              .collect(Collectors.joining(", "));
      throw new CatalogException(
          origin + line + ": must be one YAML document without duplicate keys, found: " + problem,
          e);
    } catch (IOException e) {
      throw new IllegalStateException("a text in memory must be readable, found " + e, e);
    }
  }

  /** The tree would hold an alias as a text, its name, and a definition of itself as nothing. */
  private static void refuseAliases(String yaml, String origin) throws IOException {
    try (YAMLParser parser = YAML.getFactory().createParser(yaml)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          throw new CatalogException(
              "%s:%d: must be without YAML aliases, found *%s"
                  .formatted(
                      origin,
                      parser.currentTokenLocation().getLineNr(),
                      Excerpt.of(parser.getText())));
        }
      }
    }
  }

  private static Embedding embedding(CatalogObject object) {
    String kind = object.text("kind");
    return switch (kind) {
      case "unified" -> {
        int buckets = object.integer("buckets");
        int dim = object.integer("dim");
        yield object.build(() -> new Embedding.Unified(buckets, dim));
      }
      case "separate" -> {
        SortedMap<String, Integer> buckets = object.integers("buckets");
        int dim = object.integer("dim");
        yield object.build(() -> new Embedding.Separate(buckets, dim));
      }
      case "vocabulary" -> {
        int minCount = object.integer("minCount");
        int dim = object.integer("dim");
        yield object.build(() -> new Embedding.VocabularyTable(minCount, dim));
      }
      default ->
          throw object.error(
              "kind must be one of unified, separate, vocabulary, found " + Excerpt.of(kind));
    };
  }

  private static Field field(int ordinal, CatalogObject object) {
    String name = object.text("name");
    FieldKind kind = object.parsed("kind", text -> Token.parse(FieldKind.class, text));
    FieldSource source = object.parsed("from", text -> Token.parse(FieldSource.class, text));
    Optional<Bucketing> bucketing =
        object.optionalObject("bucketing").map(CatalogReader::bucketing);
    int chunks = object.integer("chunks", 1);
    int maxValues =
        kind == FieldKind.MULTI_VALUED
            ? object.integer("maxValues")
            : object.integer("maxValues", 1);
    return object.build(() -> new Field(ordinal, name, kind, source, bucketing, chunks, maxValues));
  }

  private static Bucketing bucketing(CatalogObject object) {
    String kind = object.text("kind");
    return switch (kind) {
      case "log-square" -> object.build(Bucketing.LogSquare::new);
      case "quantile" -> quantile(object);
      case "min-max" -> minMax(object);
      default ->
          throw object.error(
              "kind must be one of log-square, quantile, min-max, found " + Excerpt.of(kind));
    };
  }

  private static Bucketing quantile(CatalogObject object) {
    if (object.has("boundaries")) {
      List<Double> boundaries = object.numbers("boundaries");
      return object.build(() -> new Bucketing.Quantile(boundaries));
    }
    int buckets = object.integer("buckets");
    return object.build(() -> new Bucketing.UnfittedQuantile(buckets));
  }

  private static Bucketing minMax(CatalogObject object) {
    if (!object.has("min") && !object.has("max")) {
      return object.build(Bucketing.UnfittedScaled::new);
    }
    double min = object.number("min");
    double max = object.number("max");
    return object.build(() -> new Bucketing.Scaled(min, max));
  }

  private static StreamingFeature streaming(CatalogObject object) {
    String kind = object.text("kind");
    return switch (kind) {
      case "counter" -> counter(object);
      case "rate" -> rate(object);
      case "history" -> history(object);
      default ->
          throw object.error(
              "kind must be one of counter, rate, history, found " + Excerpt.of(kind));
    };
  }

  private static StreamingFeature counter(CatalogObject object) {
    String name = object.text("name");
    Entity entity = entity(object);
    EventType event = event(object);
    Duration window = object.parsed("window", Durations::parse);
    int buckets = object.integer("buckets");
    return object.build(() -> new StreamingFeature.Counter(name, entity, event, window, buckets));
  }

  private static StreamingFeature rate(CatalogObject object) {
    String name = object.text("name");
    Entity entity = entity(object);
    Duration window = object.parsed("window", Durations::parse);
    int buckets = object.integer("buckets");
    CatalogObject prior = object.object("prior");
    double clicks = prior.number("clicks");
    double impressions = prior.number("impressions");
    prior.build(() -> Boolean.TRUE);
    return object.build(
        () -> new StreamingFeature.Rate(name, entity, window, buckets, clicks, impressions));
  }

  private static StreamingFeature history(CatalogObject object) {
    String name = object.text("name");
    Entity entity = entity(object);
    EventType event = event(object);
    int size = object.integer("size");
    Duration retention =
        object.has("retention")
            ? object.parsed("retention", Durations::parse)
            : StreamingFeature.History.DEFAULT_RETENTION;
    return object.build(() -> new StreamingFeature.History(name, entity, event, size, retention));
  }

  private static Entity entity(CatalogObject object) {
    return object.parsed("entity", text -> Token.parse(Entity.class, text));
  }

  private static EventType event(CatalogObject object) {
    return object.parsed("event", text -> Token.parse(EventType.class, text));
  }
}
