package dev.millrace.jobs.io;

import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * One topic as a stage reads it: committed records only, from where the stage's group left off or
 * else from the start.
 *
 * @param <R> what the stage works on
 */
public final class KafkaIn<R> {

  private final Source<Either<DeadLetter, R>, ?, ?> source;
  private final WatermarkStrategy<Either<DeadLetter, R>> watermarks;
  private final TypeInformation<R> type;

  private KafkaIn(
      Source<Either<DeadLetter, R>, ?, ?> source,
      WatermarkStrategy<Either<DeadLetter, R>> watermarks,
      TypeInformation<R> type) {
    this.source = source;
    this.watermarks = watermarks;
    this.type = type;
  }

  /** A topic whose records have no say in event time. */
  public static <T extends SpecificRecord, R> KafkaIn<R> untimed(
      KafkaSettings kafka,
      Stage stage,
      Topic<T> topic,
      Intake<T, R> intake,
      TypeInformation<R> type) {
    return new KafkaIn<>(
        source(kafka, stage, topic, intake, type), WatermarkStrategy.noWatermarks(), type);
  }

  /** A topic whose records drive event time. */
  public static <T extends SpecificRecord, R> KafkaIn<R> timed(
      KafkaSettings kafka,
      Stage stage,
      Topic<T> topic,
      Intake<T, R> intake,
      TypeInformation<R> type,
      EventTimeSettings eventTime,
      EventTime<R> timestamp) {
    return new KafkaIn<>(
        source(kafka, stage, topic, intake, type), IntakeWatermarks.of(eventTime, timestamp), type);
  }

  private static <T extends SpecificRecord, R> KafkaSource<Either<DeadLetter, R>> source(
      KafkaSettings kafka,
      Stage stage,
      Topic<T> topic,
      Intake<T, R> intake,
      TypeInformation<R> type) {
    return KafkaSource.<Either<DeadLetter, R>>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setGroupId(kafka.group(stage))
        .setClientIdPrefix(kafka.group(stage) + "-" + topic.name())
        .setTopics(topic.name())
        .setStartingOffsets(startingOffsets(topic))
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setDeserializer(new IntakeSchema<>(stage, topic, kafka.maxRecordBytes(), intake, type))
        .build();
  }

  /**
   * Where a job without a savepoint starts: a compacted topic is state, and is read again whole.
   */
  @SuppressWarnings("deprecation") // The connector has no other way yet to name the strategy.
  private static OffsetsInitializer startingOffsets(Topic<?> topic) {
    return topic.isCompacted()
        ? OffsetsInitializer.earliest()
        : OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
  }

  /**
   * Adds the topic to a job.
   *
   * @return the sound records; dead letters are in the side output {@link DeadLetters#TAG}
   */
  public SingleOutputStreamOperator<R> into(
      StreamExecutionEnvironment env, Operator sourceOperator, Operator intakeOperator) {
    return env.fromSource(source, watermarks, sourceOperator.uid())
        .uid(sourceOperator.uid())
        .process(new Split<R>(), type)
        .name(intakeOperator.uid())
        .uid(intakeOperator.uid());
  }

  private static final class Split<R> extends ProcessFunction<Either<DeadLetter, R>, R> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Either<DeadLetter, R> record, Context context, Collector<R> out) {
      if (record.isRight()) {
        out.collect(record.right());
      } else {
        context.output(DeadLetters.TAG, record.left());
      }
    }
  }
}
