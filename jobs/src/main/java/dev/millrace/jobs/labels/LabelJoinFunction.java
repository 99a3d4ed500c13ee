package dev.millrace.jobs.labels;

import dev.millrace.features.labels.Attribution;
import dev.millrace.features.labels.LabelJoin;
import dev.millrace.features.labels.LabelJoin.Due;
import dev.millrace.features.labels.LabelJoin.Label;
import dev.millrace.features.labels.LabelJoin.Verdict;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.jobs.io.Reason;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.Click;
import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.LabelledImpression;
import dev.millrace.schemas.PendingLabel;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.io.IOException;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/** Joins impressions and clicks by impression id: owns the state and the timers of the join. */
final class LabelJoinFunction
    extends KeyedCoProcessFunction<String, Received, Received, LabelledImpression> {

  private static final long serialVersionUID = 1L;

  private final Attribution attribution;
  private final String catalogFingerprint;

  private transient LabelJoin join;
  private transient ValueState<PendingLabel> pending;
  private transient WireFormat<Impression> impressions;
  private transient WireFormat<Click> clicks;
  private transient Counter labelled;
  private transient Counter clicked;
  private transient Counter duplicates;

  LabelJoinFunction(Attribution attribution, String catalogFingerprint) {
    this.attribution = attribution;
    this.catalogFingerprint = catalogFingerprint;
  }

  @Override
  public void open(OpenContext context) {
    join = new LabelJoin(attribution);
    pending =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "pending-label", new AvroTypeInfo<>(PendingLabel.class)));
    impressions = WireFormat.of(Topic.IMPRESSIONS);
    clicks = WireFormat.of(Topic.CLICKS);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    labelled = metrics.counter("labelled");
    clicked = metrics.counter("clicked");
    duplicates = metrics.counter("duplicates");
  }

  @Override
  public void processElement1(
      Received impression, Context context, Collector<LabelledImpression> out) throws IOException {
    PendingLabel state = state();
    long watermark = context.timerService().currentWatermark();
    settle(join.addImpression(state, impression, watermark), state, impression, context);
  }

  @Override
  public void processElement2(Received click, Context context, Collector<LabelledImpression> out)
      throws IOException {
    PendingLabel state = state();
    long watermark = context.timerService().currentWatermark();
    String clickId = decode(clicks, click).getClickId();
    settle(join.addClick(state, clickId, click, watermark), state, click, context);
  }

  private PendingLabel state() throws IOException {
    PendingLabel state = pending.value();
    return state == null ? LabelJoin.newState() : state;
  }

  private void settle(Verdict verdict, PendingLabel state, Received record, Context context)
      throws IOException {
    switch (verdict) {
      case JOINED -> {
        pending.update(state);
        context.timerService().registerEventTimeTimer(join.timerFor(record));
      }
      case DUPLICATE -> duplicates.inc();
      case LATE -> context.output(DeadLetters.TAG, late(record, context));
      case OUTSIDE_WINDOW -> context.output(DeadLetters.TAG, outsideWindow(record));
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<LabelledImpression> out)
      throws IOException {
    PendingLabel state = pending.value();
    if (state == null) {
      return;
    }
    Due due = join.advance(state, time);
    if (due.label() != null) {
      out.collect(labelled(due.label()));
    }
    for (Received click : due.withoutImpression()) {
      context.output(DeadLetters.TAG, withoutImpression(click));
    }
    for (Received click : due.outsideWindow()) {
      context.output(DeadLetters.TAG, outsideWindow(click));
    }
    if (due.stateIsEmpty()) {
      pending.clear();
    } else {
      pending.update(state);
    }
    if (due.nextTimer() != null) {
      context.timerService().registerEventTimeTimer(due.nextTimer());
    }
  }

  private LabelledImpression labelled(Label label) {
    labelled.inc();
    clicked.inc(label.clicks() > 0 ? 1 : 0);
    Impression impression = decode(impressions, label.impression());
    String written = impression.getCatalogFingerprint();
    return new LabelledImpression(
        impression,
        label.clicks() > 0,
        label.clicks(),
        label.firstClick() == null ? null : Instant.ofEpochMilli(label.firstClick()),
        attribution.window().toMillis(),
        written == null ? catalogFingerprint : written);
  }

  private static <T extends SpecificRecord> T decode(WireFormat<T> format, Received received) {
    return format.decode(
        received.getValue().array(),
        received.getTopic(),
        received.getPartition(),
        received.getOffset());
  }

  private DeadLetter late(Received record, Context context) {
    return DeadLetters.of(
        record,
        Stage.LABEL_JOIN,
        Reason.LATE,
        "timestamp must be at most %s behind the watermark %s, found %s"
            .formatted(
                attribution.allowedLateness(),
                Instant.ofEpochMilli(context.timerService().currentWatermark()),
                Instant.ofEpochMilli(record.getTimestamp())));
  }

  private DeadLetter withoutImpression(Received click) {
    return DeadLetters.of(
        click,
        Stage.LABEL_JOIN,
        Reason.NO_IMPRESSION,
        "a click must have an impression within %s, found none with id %s"
            .formatted(attribution.window().plus(attribution.allowedLateness()), click.getId()));
  }

  private DeadLetter outsideWindow(Received click) {
    return DeadLetters.of(
        click,
        Stage.LABEL_JOIN,
        Reason.OUTSIDE_WINDOW,
        "a click must be at most %s after its impression, found %s"
            .formatted(attribution.window(), Instant.ofEpochMilli(click.getTimestamp())));
  }
}
