package dev.millrace.jobs.features;

import dev.millrace.features.quality.FieldCounts;
import dev.millrace.features.quality.Lifetimes;
import dev.millrace.features.quality.Windows;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.jobs.io.Reason;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.DiscreteImpression;
import dev.millrace.schemas.FieldCount;
import dev.millrace.schemas.Received;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Counts the values of labelled impressions on each task before the shuffle, and refuses what comes
 * after its window is closed.
 *
 * <p>It is an operator and not a function so that counts are sent on before each barrier and are
 * never part of a checkpoint. Its state is the watermark: a job that starts again from a checkpoint
 * must refuse what it refused before, although its watermark starts anew.
 */
final class CountOperator extends AbstractStreamOperator<FieldCount>
    implements OneInputStreamOperator<DiscreteImpression, FieldCount> {

  private static final long serialVersionUID = 1L;

  private final FeatureRankingSettings settings;
  private final int fields;
  private final String definition;

  private transient Windows windows;
  private transient Lifetimes lifetimes;
  private transient FieldCounts counts;
  private transient ListState<Long> watermarks;
  private transient ListState<String> definitions;

  /** How far event time has come, over restarts. */
  private transient long reached;

  /** Event time before which the counts must be sent on. */
  private transient long deadline;

  /** The flush that is due for the counts, or null. */
  private transient ScheduledFuture<?> linger;

  private transient Counter late;

  /**
   * @param fields of the catalogue
   */
  CountOperator(FeatureRankingSettings settings, int fields, String catalogFingerprint) {
    this.settings = settings;
    this.fields = fields;
    this.definition =
        "window %s, catalogue %s".formatted(settings.windows().width(), catalogFingerprint);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    watermarks =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("watermarks", Types.LONG));
    definitions =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("definitions", Types.STRING));
    for (String restored : definitions.get()) {
      if (!restored.equals(definition)) {
        throw new IllegalStateException(
            "feature-ranking must go on with the %s of its state, found %s"
                .formatted(restored, definition));
      }
    }
    // The least of all tasks, which is as far as event time had come for the job.
    reached = Long.MAX_VALUE;
    for (long restored : watermarks.get()) {
      reached = Math.min(reached, restored);
    }
    reached = context.isRestored() ? reached : Long.MIN_VALUE;
  }

  @Override
  public void open() throws Exception {
    super.open();
    windows = settings.windows();
    lifetimes = new Lifetimes(settings.halfLifeWindows());
    counts = new FieldCounts(fields, settings.maxCounts());
    deadline = Long.MAX_VALUE;
    late = getMetricGroup().counter("late");
  }

  @Override
  public void processElement(StreamRecord<DiscreteImpression> record) {
    DiscreteImpression impression = record.getValue();
    Received received = impression.getReceived();
    long window = windows.of(received.getTimestamp());
    if (window <= windows.lastClosed(reached)) {
      late.inc();
      output.collect(DeadLetters.TAG, new StreamRecord<>(late(received)));
      return;
    }
    long change =
        window <= windows.lastDue(reached) ? windows.closing(window) : windows.due(window);
    deadline = Math.min(deadline, change);
    if (counts.add(
        impression.getValues(),
        impression.getClicked(),
        window,
        lifetimes.until(window, received.getId()))) {
      flush();
    } else {
      flushAfterLinger();
    }
  }

  private DeadLetter late(Received received) {
    return DeadLetters.of(
        received,
        Stage.FEATURE_RANKING,
        Reason.LATE,
        "timestamp must be in a window that ended at most %s before the watermark %s, found %s"
            .formatted(
                windows.allowedLateness(),
                Instant.ofEpochMilli(reached),
                Instant.ofEpochMilli(received.getTimestamp())));
  }

  private void flushAfterLinger() {
    if (linger != null) {
      return;
    }
    long due = getProcessingTimeService().getCurrentProcessingTime() + settings.linger().toMillis();
    linger =
        getProcessingTimeService()
            .registerTimer(
                due,
                time -> {
                  linger = null;
                  flush();
                });
  }

  private void flush() {
    counts.drain(count -> output.collect(new StreamRecord<>(count)));
    deadline = Long.MAX_VALUE;
  }

  /** Counts go ahead of the watermark that their window waits for. */
  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    if (watermark.getTimestamp() >= deadline) {
      flush();
    }
    reached = Math.max(reached, watermark.getTimestamp());
    super.processWatermark(watermark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    flush();
    super.prepareSnapshotPreBarrier(checkpoint);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    watermarks.update(List.of(reached));
    definitions.update(List.of(definition));
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }
}
