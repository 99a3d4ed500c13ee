package dev.millrace.jobs.io;

import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.MalformedRecordException;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the records of a topic: what is sound goes on as the stage wants it, the rest becomes a
 * dead letter. This happens inside the source so that no unsound timestamp reaches the watermark.
 */
final class IntakeSchema<T extends SpecificRecord, R>
    implements KafkaRecordDeserializationSchema<Either<DeadLetter, R>> {

  private static final long serialVersionUID = 1L;

  private final Topic<T> topic;
  private final int maxRecordBytes;
  private final Intake<T, R> intake;
  private final TypeInformation<R> type;
  private final Stage stage;
  private transient WireFormat<T> wireFormat;

  IntakeSchema(
      Stage stage,
      Topic<T> topic,
      int maxRecordBytes,
      Intake<T, R> intake,
      TypeInformation<R> type) {
    this.stage = stage;
    this.topic = topic;
    this.maxRecordBytes = maxRecordBytes;
    this.intake = intake;
    this.type = type;
  }

  @Override
  public void open(InitializationContext context) {
    wireFormat = WireFormat.of(topic);
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> origin, Collector<Either<DeadLetter, R>> out) {
    out.collect(read(origin));
  }

  private Either<DeadLetter, R> read(ConsumerRecord<byte[], byte[]> origin) {
    try {
      return Either.Right(intake.take(decode(origin), origin));
    } catch (RejectedRecordException e) {
      return Either.Left(DeadLetters.of(origin, stage, e.reason(), e.getMessage()));
    } catch (MalformedRecordException e) {
      return Either.Left(DeadLetters.of(origin, stage, Reason.MALFORMED, e.reason()));
    }
  }

  private T decode(ConsumerRecord<byte[], byte[]> origin) throws RejectedRecordException {
    byte[] value = origin.value();
    if (value == null) {
      if (topic.isCompacted()) {
        return null;
      }
      throw new RejectedRecordException(
          Reason.NULL_VALUE, "a value of " + topic.name() + " must not be null");
    }
    if (value.length > maxRecordBytes) {
      throw new RejectedRecordException(
          Reason.TOO_LARGE,
          "a value must have at most %d bytes, found %d".formatted(maxRecordBytes, value.length));
    }
    return wireFormat.decode(value, origin.topic(), origin.partition(), origin.offset());
  }

  @Override
  public TypeInformation<Either<DeadLetter, R>> getProducedType() {
    return new EitherTypeInfo<>(new AvroTypeInfo<>(DeadLetter.class), type);
  }
}
