package dev.millrace.jobs.features;

import dev.millrace.features.quality.LifeCounts;
import dev.millrace.features.quality.ShardProfiler;
import dev.millrace.features.quality.ValueHash;
import dev.millrace.features.quality.Windows;
import dev.millrace.schemas.FieldCount;
import dev.millrace.schemas.FieldProfile;
import dev.millrace.schemas.LifeCount;
import dev.millrace.schemas.ValueCounts;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;

/**
 * Keeps the exact counts of a shard of a field's values and profiles them at the end of each
 * window, and once more when a window is closed that late records have changed. Values are on disk;
 * memory holds one profile.
 *
 * <p>A timer at the end of each window goes on as long as there are values; a value ends with the
 * last window that counts it.
 */
final class ProfileFunction extends KeyedProcessFunction<Integer, FieldCount, FieldProfile> {

  private static final long serialVersionUID = 1L;

  /** The key of the missing value; those of the others start with a mark and are not empty. */
  private static final String MISSING = "";

  private static final String PRESENT = "=";

  private final Windows windows;

  private transient MapState<String, ValueCounts> values;
  private transient Counter late;

  ProfileFunction(Windows windows) {
    this.windows = windows;
  }

  /** The key of a shard of a field. */
  static int key(FieldCount count) {
    return count.getField() * ValueHash.SHARDS + count.getShard();
  }

  @Override
  public void open(OpenContext context) {
    values =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "values", Types.STRING, new AvroTypeInfo<>(ValueCounts.class)));
    late = getRuntimeContext().getMetricGroup().counter("lateRows");
  }

  @Override
  public void processElement(FieldCount count, Context context, Collector<FieldProfile> out)
      throws Exception {
    long watermark = context.timerService().currentWatermark();
    long closed = windows.lastClosed(watermark);
    List<LifeCount> open =
        count.getCounts().stream().filter(each -> each.getSince() > closed).toList();
    // Only a partition that was idle can be so late here; its records come without their bytes.
    late.inc(LifeCounts.rows(count.getCounts()) - LifeCounts.rows(open));
    if (open.isEmpty()) {
      return;
    }
    String key = count.getValue() == null ? MISSING : PRESENT + count.getValue();
    ValueCounts before = values.get(key);
    values.put(
        key,
        new ValueCounts(
            LifeCounts.merge(before == null ? List.of() : before.getCounts(), open, closed)));
    open.forEach(each -> setTimers(each.getSince(), watermark, context.timerService()));
  }

  /** Windows that were profiled before they knew of a late record are profiled when they close. */
  private void setTimers(long window, long watermark, TimerService timers) {
    long lastDue = windows.lastDue(watermark);
    for (long changed = window; changed <= lastDue; changed++) {
      timers.registerEventTimeTimer(windows.closing(changed));
    }
    timers.registerEventTimeTimer(windows.due(Math.max(window, lastDue + 1)));
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<FieldProfile> out)
      throws Exception {
    TimerService timers = context.timerService();
    if (windows.isClosingAt(time)) {
      profile(windows.lastClosed(time), time, context.getCurrentKey(), out);
      return;
    }
    long window = windows.lastDue(time);
    boolean valuesAreLeft = profile(window, time, context.getCurrentKey(), out);
    // At the end of all event time the windows to come are none.
    if (valuesAreLeft && timers.currentWatermark() < Watermark.MAX_WATERMARK.getTimestamp()) {
      timers.registerEventTimeTimer(windows.due(window + 1));
    }
  }

  private boolean profile(long window, long time, int key, Collector<FieldProfile> out)
      throws Exception {
    ShardProfiler profiler = new ShardProfiler(key % ValueHash.SHARDS, window);
    long closed = windows.lastClosed(time);
    boolean valuesAreLeft = false;
    Iterator<Map.Entry<String, ValueCounts>> entries = values.iterator();
    while (entries.hasNext()) {
      Map.Entry<String, ValueCounts> entry = entries.next();
      List<LifeCount> counts = entry.getValue().getCounts();
      profiler.add(entry.getKey().isEmpty() ? null : entry.getKey().substring(1), counts);
      if (LifeCounts.areOver(counts, closed)) {
        entries.remove();
      } else {
        valuesAreLeft = true;
      }
    }
    if (!valuesAreLeft) {
      values.clear();
    }
    if (!profiler.isEmpty()) {
      out.collect(profiler.build(key / ValueHash.SHARDS));
    }
    return valuesAreLeft;
  }
}
