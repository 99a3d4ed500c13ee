package dev.millrace.jobs.labels;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.labels.Attribution;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.jobs.io.EventTimeSettings;
import dev.millrace.jobs.io.Intakes;
import dev.millrace.jobs.io.KafkaIn;
import dev.millrace.jobs.io.KafkaOut;
import dev.millrace.jobs.io.KafkaSettings;
import dev.millrace.jobs.io.Operator;
import dev.millrace.jobs.io.Rules;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.LabelledImpression;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.Topic;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Attaches clicks to the impressions that led to them. Every impression comes out exactly once; a
 * click without an impression and whatever is later than allowed becomes a dead letter.
 */
public final class LabelJoinJob {

  private static final AvroTypeInfo<Received> RECEIVED = new AvroTypeInfo<>(Received.class);

  private final KafkaIn<Received> impressions;
  private final KafkaIn<Received> clicks;
  private final Sink<LabelledImpression> labelledImpressions;
  private final Sink<DeadLetter> deadLetters;
  private final Attribution attribution;
  private final String catalogFingerprint;

  /**
   * @param attribution when a click counts
   * @param catalogFingerprint of the catalogue that the features of impressions conform to
   */
  public LabelJoinJob(
      KafkaIn<Received> impressions,
      KafkaIn<Received> clicks,
      Sink<LabelledImpression> labelledImpressions,
      Sink<DeadLetter> deadLetters,
      Attribution attribution,
      String catalogFingerprint) {
    this.impressions = impressions;
    this.clicks = clicks;
    this.labelledImpressions = labelledImpressions;
    this.deadLetters = deadLetters;
    this.attribution = attribution;
    this.catalogFingerprint = catalogFingerprint;
  }

  /** The job between the topics of Millrace. */
  public static LabelJoinJob onKafka(
      KafkaSettings kafka,
      FeatureCatalog catalog,
      Attribution attribution,
      EventTimeSettings eventTime,
      Rules rules) {
    return new LabelJoinJob(
        KafkaIn.timed(
            kafka,
            Stage.LABEL_JOIN,
            Topic.IMPRESSIONS,
            Intakes.impressions(rules, catalog),
            RECEIVED,
            eventTime,
            Received::getTimestamp),
        KafkaIn.timed(
            kafka,
            Stage.LABEL_JOIN,
            Topic.CLICKS,
            Intakes.clicks(rules),
            RECEIVED,
            eventTime,
            Received::getTimestamp),
        KafkaOut.topic(
            kafka,
            Stage.LABEL_JOIN,
            Operator.LABELLED_IMPRESSIONS_SINK,
            Topic.LABELLED_IMPRESSIONS),
        KafkaOut.deadLetters(kafka, Stage.LABEL_JOIN),
        attribution,
        catalog.fingerprint());
  }

  /** Adds the job to an environment. */
  public void wire(StreamExecutionEnvironment env) {
    SingleOutputStreamOperator<Received> shown =
        impressions.into(env, Operator.IMPRESSIONS_SOURCE, Operator.IMPRESSIONS_INTAKE);
    SingleOutputStreamOperator<Received> clicked =
        clicks.into(env, Operator.CLICKS_SOURCE, Operator.CLICKS_INTAKE);

    SingleOutputStreamOperator<LabelledImpression> labelled =
        shown
            .connect(clicked)
            .keyBy(Received::getId, Received::getId)
            .process(
                new LabelJoinFunction(attribution, catalogFingerprint),
                new AvroTypeInfo<>(LabelledImpression.class))
            .name(Operator.LABEL_JOIN.uid())
            .uid(Operator.LABEL_JOIN.uid());

    labelled
        .sinkTo(labelledImpressions)
        .name(Operator.LABELLED_IMPRESSIONS_SINK.uid())
        .uid(Operator.LABELLED_IMPRESSIONS_SINK.uid());
    DeadLetters.of(shown, clicked, labelled)
        .sinkTo(deadLetters)
        .name(Operator.DEAD_LETTERS_SINK.uid())
        .uid(Operator.DEAD_LETTERS_SINK.uid());
  }
}
