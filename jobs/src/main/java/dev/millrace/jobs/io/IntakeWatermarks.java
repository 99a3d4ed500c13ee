package dev.millrace.jobs.io;

import dev.millrace.schemas.DeadLetter;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.types.Either;

/** Watermarks from the event times of sound records; a dead letter has no say in them. */
final class IntakeWatermarks {

  private IntakeWatermarks() {}

  static <R> WatermarkStrategy<Either<DeadLetter, R>> of(
      EventTimeSettings settings, EventTime<R> eventTime) {
    Duration outOfOrderness = settings.outOfOrderness();
    WatermarkStrategy<Either<DeadLetter, R>> strategy =
        WatermarkStrategy.<Either<DeadLetter, R>>forGenerator(
                context -> new SoundOnly<>(outOfOrderness))
            .withTimestampAssigner(
                (record, kafkaTimestamp) ->
                    record.isRight() ? eventTime.of(record.right()) : Long.MIN_VALUE);
    return settings.idleness().isZero() ? strategy : strategy.withIdleness(settings.idleness());
  }

  private static final class SoundOnly<R> implements WatermarkGenerator<Either<DeadLetter, R>> {

    private final BoundedOutOfOrdernessWatermarks<Either<DeadLetter, R>> watermarks;

    SoundOnly(Duration outOfOrderness) {
      watermarks = new BoundedOutOfOrdernessWatermarks<>(outOfOrderness);
    }

    @Override
    public void onEvent(Either<DeadLetter, R> event, long timestamp, WatermarkOutput output) {
      if (event.isRight()) {
        watermarks.onEvent(event, timestamp, output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      watermarks.onPeriodicEmit(output);
    }
  }
}
