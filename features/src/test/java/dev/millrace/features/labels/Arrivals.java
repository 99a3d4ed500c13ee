package dev.millrace.features.labels;

import dev.millrace.features.labels.LabelJoin.Due;
import dev.millrace.features.labels.LabelJoin.Label;
import dev.millrace.features.labels.LabelJoin.Verdict;
import dev.millrace.schemas.PendingLabel;
import dev.millrace.schemas.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Drives the join of one impression id as its operator does: stored state, timers, a watermark. */
final class Arrivals {

  private final LabelJoin join;
  private final TreeSet<Long> timers = new TreeSet<>();
  private PendingLabel state = LabelJoin.newState();
  private long watermark = Long.MIN_VALUE;
  private long offset;

  final List<Label> labels = new ArrayList<>();
  final List<Received> withoutImpression = new ArrayList<>();
  final List<Received> outsideWindow = new ArrayList<>();

  Arrivals(Attribution attribution) {
    this.join = new LabelJoin(attribution);
  }

  Verdict impression(long timestamp) {
    Received impression = received(timestamp);
    return settle(join.addImpression(state, impression, watermark), impression);
  }

  Verdict click(String clickId, long timestamp) {
    Received click = received(timestamp);
    return settle(join.addClick(state, clickId, click, watermark), click);
  }

  private Verdict settle(Verdict verdict, Received received) {
    if (verdict == Verdict.JOINED) {
      timers.add(join.timerFor(received));
    }
    state = stored(state);
    return verdict;
  }

  /** The offset tells one record from another; it counts arrivals. */
  private Received received(long timestamp) {
    return new Received(
        "topic", 0, offset++, "id", timestamp, null, ByteBuffer.allocate(0), List.of());
  }

  void watermark(long time) {
    watermark = time;
    while (!timers.isEmpty() && timers.first() <= time) {
      fire(timers.pollFirst());
    }
  }

  private void fire(long time) {
    Due due = join.advance(state, time);
    if (due.label() != null) {
      labels.add(due.label());
    }
    withoutImpression.addAll(due.withoutImpression());
    outsideWindow.addAll(due.outsideWindow());
    if (due.nextTimer() != null) {
      timers.add(due.nextTimer());
    }
    state = due.stateIsEmpty() ? LabelJoin.newState() : stored(state);
  }

  /** State as it comes back from the store: its lists are Avro's. */
  private static PendingLabel stored(PendingLabel state) {
    try {
      return PendingLabel.fromByteBuffer(state.toByteBuffer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isEmpty() {
    return timers.isEmpty() && state.equals(LabelJoin.newState());
  }
}
