package dev.millrace.features.catalog;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a data set, the features computed from its streams, and how they are embedded: one
 * immutable definition for training and serving. A row of values is an {@code Object[]} by field
 * ordinal that holds {@code String}, {@code Long}, {@code Double}, {@code List<String>}, or null
 * where the value is missing.
 */
public final class FeatureCatalog {
  private final String name;
  private final Embedding embedding;
  private final List<Field> fields;
  private final List<StreamingFeature> streaming;
  private final Map<String, Integer> ordinals = new LinkedHashMap<>();
  private final String fingerprint;

  private FeatureCatalog(
      String name, Embedding embedding, List<Field> fields, List<StreamingFeature> streaming) {
    this.name = name;
    this.embedding = embedding;
    this.fields = List.copyOf(fields);
    this.streaming = List.copyOf(streaming);
    Check.name("name", name);
    Check.that(!fields.isEmpty(), "fields must not be empty, found none");
    Map<String, StreamingFeature> streamingByName = indexStreaming();
    for (int i = 0; i < fields.size(); i++) {
      index(i, this.fields.get(i), streamingByName);
    }
    if (embedding instanceof Embedding.Separate separate) {
      checkTables(separate);
    }
    this.fingerprint = Fingerprint.of(CatalogTree.of(this));
  }

  /**
   * A catalogue of these definitions.
   *
   * @throws IllegalArgumentException naming the key, the rule and the value found
   */
  public static FeatureCatalog of(
      String name, Embedding embedding, List<Field> fields, List<StreamingFeature> streaming) {
    return new FeatureCatalog(name, embedding, fields, streaming);
  }

  /**
   * Reads a catalogue file.
   *
   * @throws CatalogException if the file cannot be read or breaks a rule; the message names it
   */
  public static FeatureCatalog load(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (CharacterCodingException e) {
      throw new CatalogException(file + ": must be UTF-8 text, found " + e.getMessage(), e);
    } catch (IOException e) {
      throw new CatalogException(file + ": must be a readable file, found " + e, e);
    }
  }

  /**
   * Reads a catalogue.
   *
   * @param origin what messages call the text, such as its file
   * @throws CatalogException if the text breaks a rule
   */
  public static FeatureCatalog parse(String yaml, String origin) {
    return CatalogReader.read(yaml, origin);
  }

  /** What the catalogue is called; no part of its {@link #fingerprint()}. */
  public String name() {
    return name;
  }

  /** How encoded fields share embedding tables. */
  public Embedding embedding() {
    return embedding;
  }

  /** The fields by ordinal. */
  public List<Field> fields() {
    return fields;
  }

  /** The features computed from impressions and clicks, in the order of the file. */
  public List<StreamingFeature> streaming() {
    return streaming;
  }

  /** The ordinal of a field, or -1 if there is no such field. */
  public int ordinal(String fieldName) {
    return ordinals.getOrDefault(fieldName, -1);
  }

  /**
   * SHA-256, in hexadecimal, over every definition, the order of the fields and the hash function
   * of the unified embedding. Neither the spelling of the file nor the catalogue's name counts, so
   * that two catalogues are interchangeable exactly if their fingerprints are equal.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /** The catalogue in its canonical spelling; it parses to the same fingerprint. */
  public String toYaml() {
    return CatalogTree.toYaml(this);
  }

  /** Whether the bucketings of all numeric fields have their parameters. */
  public boolean isFitted() {
    return fields.stream().noneMatch(f -> f.bucketing().orElse(null) instanceof Bucketing.Unfitted);
  }

  /**
   * This catalogue with other bucketings.
   *
   * @param fitted by the ordinal of a numeric field
   * @throws IllegalArgumentException if a field is not numeric
   */
  public FeatureCatalog withBucketings(Map<Integer, Bucketing> fitted) {
    List<Field> changed = new ArrayList<>(fields);
    fitted.forEach((ordinal, b) -> changed.set(ordinal, fields.get(ordinal).withBucketing(b)));
    return new FeatureCatalog(name, embedding, changed, streaming);
  }

  /**
   * This catalogue with fewer fields, as a selection of features leaves them.
   *
   * @param names of the fields kept; they keep their order here
   * @throws IllegalArgumentException if a name is no field, or none is left
   */
  public FeatureCatalog withFields(Collection<String> names) {
    for (String kept : names) {
      Check.that(
          ordinals.containsKey(kept),
          "fields must be of " + fields.stream().map(Field::name).toList() + ", found " + kept);
    }
    List<Field> kept = new ArrayList<>();
    for (Field field : fields) {
      if (names.contains(field.name())) {
        kept.add(field.withOrdinal(kept.size()));
      }
    }
    return new FeatureCatalog(name, embedding.of(kept), kept, streaming);
  }

  private Map<String, StreamingFeature> indexStreaming() {
    Map<String, StreamingFeature> byName = new HashMap<>();
    for (int i = 0; i < streaming.size(); i++) {
      String found = streaming.get(i).name();
      Check.that(
          byName.put(found, streaming.get(i)) == null,
          "streaming[" + i + "].name must be unique, found " + found + " again");
    }
    return byName;
  }

  private void index(int i, Field field, Map<String, StreamingFeature> streamingByName) {
    String key = "fields[" + i + "].";
    Check.that(
        field.ordinal() == i, key + "ordinal must be its position, found " + field.ordinal());
    Check.that(
        ordinals.put(field.name(), i) == null,
        key + "name must be unique, found " + field.name() + " again");
    Check.that(
        field.chunks() == 1 || embedding instanceof Embedding.Unified,
        key + "chunks must be 1 unless embedding.kind is unified, found " + field.chunks());
    if (field.source() == FieldSource.STREAMING) {
      checkStreaming(key, field, Optional.ofNullable(streamingByName.get(field.name())));
    }
  }

  private void checkTables(Embedding.Separate separate) {
    for (Field field : fields) {
      Check.that(
          separate.buckets().containsKey(field.name()),
          "embedding.buckets." + field.name() + " must be given, found nothing");
    }
    for (String table : separate.buckets().keySet()) {
      Check.that(
          ordinals.containsKey(table),
          "embedding.buckets must be of the fields, found " + Excerpt.of(table));
    }
  }

  private static void checkStreaming(
      String key, Field field, Optional<StreamingFeature> definition) {
    Check.that(
        definition.isPresent(),
        key + "name must be defined under streaming, found " + field.name());
    boolean history = definition.get() instanceof StreamingFeature.History;
    FieldKind fitting = history ? FieldKind.MULTI_VALUED : FieldKind.NUMERIC;
    Check.that(
        field.kind() == fitting,
        key
            + "kind must be "
            + Token.of(fitting)
            + " for this streaming feature, found "
            + Token.of(field.kind()));
  }
}
