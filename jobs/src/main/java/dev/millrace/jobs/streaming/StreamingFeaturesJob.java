package dev.millrace.jobs.streaming;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.jobs.io.EventTimeSettings;
import dev.millrace.jobs.io.Intakes;
import dev.millrace.jobs.io.KafkaIn;
import dev.millrace.jobs.io.KafkaOut;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Operator;
import dev.millrace.jobs.io.Rules;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.Click;
import dev.millrace.schemas.EntityEvent;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.Topic;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Computes the catalogue's counters, rates and histories per user and item from impressions and
 * clicks. Records that cannot be read are left to the label join, which reads the same topics and
 * writes their dead letters.
 */
public final class StreamingFeaturesJob {

  private static final AvroTypeInfo<EntityEvent> ENTITY_EVENT =
      new AvroTypeInfo<>(EntityEvent.class);

  private final KafkaIn<Impression> impressions;
  private final KafkaIn<Click> clicks;
  private final Sink<FeatureValue> featureValues;
  private final FeatureCatalog catalog;

  public StreamingFeaturesJob(
      KafkaIn<Impression> impressions,
      KafkaIn<Click> clicks,
      Sink<FeatureValue> featureValues,
      FeatureCatalog catalog) {
    this.impressions = impressions;
    this.clicks = clicks;
    this.featureValues = featureValues;
    this.catalog = catalog;
  }

  /** The job between the topics of Millrace. */
  public static StreamingFeaturesJob onKafka(
      KafkaSettings kafka, FeatureCatalog catalog, EventTimeSettings eventTime, Rules rules) {
    return new StreamingFeaturesJob(
        KafkaIn.timed(
            kafka,
            Stage.STREAMING_FEATURES,
            Topic.IMPRESSIONS,
            Intakes.soundImpressions(rules),
            new AvroTypeInfo<>(Impression.class),
            eventTime,
            impression -> impression.getTimestamp().toEpochMilli()),
        KafkaIn.timed(
            kafka,
            Stage.STREAMING_FEATURES,
            Topic.CLICKS,
            Intakes.soundClicks(rules),
            new AvroTypeInfo<>(Click.class),
            eventTime,
            click -> click.getTimestamp().toEpochMilli()),
        KafkaOut.topic(
            kafka, Stage.STREAMING_FEATURES, Operator.FEATURE_VALUES_SINK, Topic.FEATURE_VALUES),
        catalog);
  }

  /** Adds the job to an environment. */
  public void wire(StreamExecutionEnvironment env) {
    EntityEvents events = new EntityEvents(catalog);
    DataStream<EntityEvent> shown =
        impressions
            .into(env, Operator.IMPRESSIONS_SOURCE, Operator.IMPRESSIONS_INTAKE)
            .flatMap(events.ofImpressions(), ENTITY_EVENT)
            .name(Operator.IMPRESSION_EVENTS.uid())
            .uid(Operator.IMPRESSION_EVENTS.uid());
    DataStream<EntityEvent> clicked =
        clicks
            .into(env, Operator.CLICKS_SOURCE, Operator.CLICKS_INTAKE)
            .flatMap(events.ofClicks(), ENTITY_EVENT)
            .name(Operator.CLICK_EVENTS.uid())
            .uid(Operator.CLICK_EVENTS.uid());

    shown
        .union(clicked)
        .keyBy(event -> Topic.entityKey(event.getEntity(), event.getKey()))
        .process(new StreamingFeaturesFunction(catalog), new AvroTypeInfo<>(FeatureValue.class))
        .name(Operator.STREAMING_FEATURES.uid())
        .uid(Operator.STREAMING_FEATURES.uid())
        .sinkTo(featureValues)
        .name(Operator.FEATURE_VALUES_SINK.uid())
        .uid(Operator.FEATURE_VALUES_SINK.uid());
  }
}
