package dev.millrace.schemas;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * A Kafka topic: its name, the record its values hold and the key of a record.
 *
 * @param <T> the record
 */
public final class Topic<T extends SpecificRecord> implements Serializable {

  private static final long serialVersionUID = 1L;

  public static final Topic<Impression> IMPRESSIONS =
      log("impressions", Impression.getClassSchema(), Impression::getImpressionId);
  public static final Topic<Click> CLICKS =
      log("clicks", Click.getClassSchema(), Click::getImpressionId);
  public static final Topic<LabelledImpression> LABELLED_IMPRESSIONS =
      log(
          "labelled-impressions",
          LabelledImpression.getClassSchema(),
          labelled -> labelled.getImpression().getImpressionId());
  public static final Topic<FeatureValue> FEATURE_VALUES =
      compacted(
          "feature-values",
          FeatureValue.getClassSchema(),
          value -> entityKey(value.getEntity(), value.getKey()));
  public static final Topic<FeatureRank> FEATURE_RANKS =
      log(
          "feature-ranks",
          FeatureRank.getClassSchema(),
          rank -> String.join(",", rank.getFeatures()));
  public static final Topic<RankingRequest> RANKING_REQUESTS =
      log("ranking-requests", RankingRequest.getClassSchema(), RankingRequest::getRequestId);
  public static final Topic<Ranking> RANKINGS =
      log("rankings", Ranking.getClassSchema(), Ranking::getRequestId);
  public static final Topic<ModelRelease> MODELS =
      compacted(
          "models",
          ModelRelease.getClassSchema(),
          release -> release.getModel() + ":" + release.getRelease());

  private static final List<Topic<?>> ALL =
      List.of(
          IMPRESSIONS,
          CLICKS,
          LABELLED_IMPRESSIONS,
          FEATURE_VALUES,
          FEATURE_RANKS,
          RANKING_REQUESTS,
          RANKINGS,
          MODELS);

  private static final String DEAD_LETTER_SUFFIX = ".dlq";

  private final String name;
  private final transient Schema schema;
  private final transient Function<T, String> key;
  private final transient boolean compacted;

  private Topic(String name, Schema schema, Function<T, String> key, boolean compacted) {
    this.name = Objects.requireNonNull(name);
    this.schema = Objects.requireNonNull(schema);
    this.key = Objects.requireNonNull(key);
    this.compacted = compacted;
  }

  private static <T extends SpecificRecord> Topic<T> log(
      String dataset, Schema schema, Function<T, String> key) {
    return new Topic<>("millrace." + dataset + ".v1", schema, key, false);
  }

  private static <T extends SpecificRecord> Topic<T> compacted(
      String dataset, Schema schema, Function<T, String> key) {
    return new Topic<>("millrace." + dataset + ".v1", schema, key, true);
  }

  /** A topic travels to a task by its name. */
  private Object readResolve() throws InvalidObjectException {
    return ALL.stream()
        .filter(topic -> topic.name.equals(name))
        .findAny()
        .orElseThrow(() -> new InvalidObjectException("no topic has the name " + name));
  }

  /** Every topic of Millrace, dead-letter topics aside. */
  public static List<Topic<?>> all() {
    return ALL;
  }

  /** The dead-letter topic of the topic of that name. */
  public static String deadLetterName(String topicName) {
    return topicName + DEAD_LETTER_SUFFIX;
  }

  /** The key under which the features of an entity are kept, for example {@code user:17}. */
  public static String entityKey(String entity, String key) {
    return entity + ":" + key;
  }

  public String name() {
    return name;
  }

  /** Where records of this topic go that cannot be used. */
  public String deadLetterName() {
    return deadLetterName(name);
  }

  public Schema schema() {
    return schema;
  }

  /** The Kafka key of a record, before its UTF-8 encoding. */
  public String keyOf(T record) {
    return key.apply(record);
  }

  /**
   * True where a record says that its key has ended: a compacted topic holds a null value instead.
   */
  public boolean endsKey(T record) {
    return record instanceof FeatureValue value && value.getValues().isEmpty();
  }

  /** True where only the newest record of a key holds, and a null value ends it. */
  public boolean isCompacted() {
    return compacted;
  }

  @Override
  public String toString() {
    return name;
  }
}
