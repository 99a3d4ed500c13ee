package dev.millrace.jobs.ranking;

import dev.millrace.features.catalog.Entity;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.jobs.io.Intakes;
import dev.millrace.jobs.io.KafkaIn;
import dev.millrace.jobs.io.KafkaOut;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Operator;
import dev.millrace.jobs.io.Rules;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.FeaturisedRequest;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.ItemLookup;
import dev.millrace.schemas.Ranking;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.RequestPart;
import dev.millrace.schemas.Topic;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Ranks the candidates of requests: looks up the streaming features of user and candidates, scores
 * in batches with the live release, and logs what was scored of the candidates that are shown.
 */
public final class RankingJob {

  private static final AvroTypeInfo<RequestPart> REQUEST_PART =
      new AvroTypeInfo<>(RequestPart.class);

  private final KafkaIn<Received> requests;
  private final KafkaIn<FeatureValue> featureValues;
  private final KafkaIn<Received> models;
  private final Sink<Ranking> rankings;
  private final Sink<Impression> impressions;
  private final Sink<DeadLetter> deadLetters;
  private final FeatureCatalog catalog;
  private final RankingSettings settings;

  public RankingJob(
      KafkaIn<Received> requests,
      KafkaIn<FeatureValue> featureValues,
      KafkaIn<Received> models,
      Sink<Ranking> rankings,
      Sink<Impression> impressions,
      Sink<DeadLetter> deadLetters,
      FeatureCatalog catalog,
      RankingSettings settings) {
    this.requests = requests;
    this.featureValues = featureValues;
    this.models = models;
    this.rankings = rankings;
    this.impressions = impressions;
    this.deadLetters = deadLetters;
    this.catalog = catalog;
    this.settings = settings;
  }

  /** The job between the topics of Millrace. */
  public static RankingJob onKafka(
      KafkaSettings kafka, FeatureCatalog catalog, RankingSettings settings, Rules rules) {
    return new RankingJob(
        KafkaIn.untimed(
            kafka,
            Stage.RANKING,
            Topic.RANKING_REQUESTS,
            Intakes.rankingRequests(rules, catalog),
            new AvroTypeInfo<>(Received.class)),
        KafkaIn.untimed(
            kafka,
            Stage.RANKING,
            Topic.FEATURE_VALUES,
            Intakes.featureValues(catalog.fingerprint()),
            new AvroTypeInfo<>(FeatureValue.class)),
        KafkaIn.untimed(
            kafka,
            Stage.RANKING,
            Topic.MODELS,
            Intakes.models(),
            new AvroTypeInfo<>(Received.class)),
        KafkaOut.topic(kafka, Stage.RANKING, Operator.RANKINGS_SINK, Topic.RANKINGS),
        KafkaOut.topic(kafka, Stage.RANKING, Operator.IMPRESSIONS_SINK, Topic.IMPRESSIONS),
        KafkaOut.deadLetters(kafka, Stage.RANKING),
        catalog,
        settings);
  }

  /** Adds the job to an environment. */
  public void wire(StreamExecutionEnvironment env) {
    SingleOutputStreamOperator<Received> asked =
        requests.into(env, Operator.RANKING_REQUESTS_SOURCE, Operator.RANKING_REQUESTS_INTAKE);
    SingleOutputStreamOperator<FeatureValue> features =
        featureValues.into(env, Operator.FEATURE_VALUES_SOURCE, Operator.FEATURE_VALUES_INTAKE);
    SingleOutputStreamOperator<Received> releases =
        models.into(env, Operator.MODELS_SOURCE, Operator.MODELS_INTAKE);

    SingleOutputStreamOperator<RequestPart> heads = withUserFeatures(asked, features);
    DataStream<ItemLookup> lookups = heads.getSideOutput(UserFeaturesFunction.ITEM_LOOKUPS);
    DataStream<RequestPart> candidates = withItemFeatures(lookups, features);
    SingleOutputStreamOperator<Ranking> ranked = score(gather(heads, candidates), releases);

    ranked.sinkTo(rankings).name(Operator.RANKINGS_SINK.uid()).uid(Operator.RANKINGS_SINK.uid());
    ranked
        .getSideOutput(ScoreOperator.IMPRESSIONS)
        .sinkTo(impressions)
        .name(Operator.IMPRESSIONS_SINK.uid())
        .uid(Operator.IMPRESSIONS_SINK.uid());
    DeadLetters.of(asked, features, releases, ranked)
        .sinkTo(deadLetters)
        .name(Operator.DEAD_LETTERS_SINK.uid())
        .uid(Operator.DEAD_LETTERS_SINK.uid());
  }

  private static SingleOutputStreamOperator<RequestPart> withUserFeatures(
      DataStream<Received> asked, DataStream<FeatureValue> features) {
    return asked
        .connect(of(Entity.USER, features))
        .keyBy(Received::getId, FeatureValue::getKey)
        .process(new UserFeaturesFunction(), REQUEST_PART)
        .name(Operator.USER_FEATURES.uid())
        .uid(Operator.USER_FEATURES.uid());
  }

  private static DataStream<RequestPart> withItemFeatures(
      DataStream<ItemLookup> lookups, DataStream<FeatureValue> features) {
    return lookups
        .connect(of(Entity.ITEM, features))
        .keyBy(ItemLookup::getItemId, FeatureValue::getKey)
        .process(new ItemFeaturesFunction(), REQUEST_PART)
        .name(Operator.ITEM_FEATURES.uid())
        .uid(Operator.ITEM_FEATURES.uid());
  }

  private static DataStream<FeaturisedRequest> gather(
      DataStream<RequestPart> heads, DataStream<RequestPart> candidates) {
    return heads
        .union(candidates)
        .keyBy(RequestPart::getRequestKey)
        .process(new GatherFunction(), new AvroTypeInfo<>(FeaturisedRequest.class))
        .name(Operator.GATHER.uid())
        .uid(Operator.GATHER.uid());
  }

  private SingleOutputStreamOperator<Ranking> score(
      DataStream<FeaturisedRequest> featurised, DataStream<Received> releases) {
    return featurised
        .connect(releases.broadcast())
        .transform(
            Operator.SCORE.uid(),
            new AvroTypeInfo<>(Ranking.class),
            new ScoreOperator(catalog, settings))
        .uid(Operator.SCORE.uid());
  }

  private static DataStream<FeatureValue> of(Entity entity, DataStream<FeatureValue> features) {
    String label = entity.token();
    Operator operator =
        entity == Entity.USER ? Operator.USER_FEATURE_VALUES : Operator.ITEM_FEATURE_VALUES;
    return features
        .filter(value -> value.getEntity().equals(label))
        .name(operator.uid())
        .uid(operator.uid());
  }
}
