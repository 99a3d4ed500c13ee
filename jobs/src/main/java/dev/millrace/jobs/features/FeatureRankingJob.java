package dev.millrace.jobs.features;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.jobs.io.EventTimeSettings;
import dev.millrace.jobs.io.KafkaIn;
import dev.millrace.jobs.io.KafkaOut;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Operator;
import dev.millrace.jobs.io.Rules;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.DiscreteImpression;
import dev.millrace.schemas.FeatureRank;
import dev.millrace.schemas.FieldCount;
import dev.millrace.schemas.FieldProfile;
import dev.millrace.schemas.Topic;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Ranks the fields of the catalogue by what they tell about a click, for each window of event time
 * and for an exponentially decayed horizon, from exact counts of every value, and raises an alarm
 * where a field changes.
 */
public final class FeatureRankingJob {

  private final KafkaIn<DiscreteImpression> labelledImpressions;
  private final Sink<FeatureRank> featureRanks;
  private final Sink<DeadLetter> deadLetters;
  private final FeatureCatalog catalog;
  private final FeatureRankingSettings settings;

  public FeatureRankingJob(
      KafkaIn<DiscreteImpression> labelledImpressions,
      Sink<FeatureRank> featureRanks,
      Sink<DeadLetter> deadLetters,
      FeatureCatalog catalog,
      FeatureRankingSettings settings) {
    this.labelledImpressions = labelledImpressions;
    this.featureRanks = featureRanks;
    this.deadLetters = deadLetters;
    this.catalog = catalog;
    this.settings = settings;
  }

  /**
   * The job between the topics of Millrace.
   *
   * @throws IllegalArgumentException if the catalogue is not fitted
   */
  public static FeatureRankingJob onKafka(
      KafkaSettings kafka,
      FeatureCatalog catalog,
      FeatureRankingSettings settings,
      EventTimeSettings eventTime,
      Rules rules) {
    return new FeatureRankingJob(
        KafkaIn.timed(
            kafka,
            Stage.FEATURE_RANKING,
            Topic.LABELLED_IMPRESSIONS,
            new LabelledImpressionIntake(rules, catalog),
            new AvroTypeInfo<>(DiscreteImpression.class),
            eventTime,
            impression -> impression.getReceived().getTimestamp()),
        KafkaOut.topic(
            kafka, Stage.FEATURE_RANKING, Operator.FEATURE_RANKS_SINK, Topic.FEATURE_RANKS),
        KafkaOut.deadLetters(kafka, Stage.FEATURE_RANKING),
        catalog,
        settings);
  }

  /** Adds the job to an environment. */
  public void wire(StreamExecutionEnvironment env) {
    SingleOutputStreamOperator<DiscreteImpression> labelled =
        labelledImpressions.into(
            env, Operator.LABELLED_IMPRESSIONS_SOURCE, Operator.LABELLED_IMPRESSIONS_INTAKE);
    SingleOutputStreamOperator<FieldCount> counted = count(labelled);

    rank(profile(counted))
        .sinkTo(featureRanks)
        .name(Operator.FEATURE_RANKS_SINK.uid())
        .uid(Operator.FEATURE_RANKS_SINK.uid());
    DeadLetters.of(labelled, counted)
        .sinkTo(deadLetters)
        .name(Operator.DEAD_LETTERS_SINK.uid())
        .uid(Operator.DEAD_LETTERS_SINK.uid());
  }

  private SingleOutputStreamOperator<FieldCount> count(DataStream<DiscreteImpression> labelled) {
    return labelled
        .transform(
            Operator.COUNT_VALUES.uid(),
            new AvroTypeInfo<>(FieldCount.class),
            new CountOperator(settings, catalog.fields().size(), catalog.fingerprint()))
        .uid(Operator.COUNT_VALUES.uid());
  }

  private DataStream<FieldProfile> profile(DataStream<FieldCount> counted) {
    return counted
        .keyBy(ProfileFunction::key)
        .process(new ProfileFunction(settings.windows()), new AvroTypeInfo<>(FieldProfile.class))
        .name(Operator.PROFILE_VALUES.uid())
        .uid(Operator.PROFILE_VALUES.uid());
  }

  private DataStream<FeatureRank> rank(DataStream<FieldProfile> profiles) {
    return profiles
        .keyBy(FieldProfile::getField)
        .process(new RankFunction(settings, catalog), new AvroTypeInfo<>(FeatureRank.class))
        .name(Operator.RANK_FIELDS.uid())
        .uid(Operator.RANK_FIELDS.uid());
  }
}
