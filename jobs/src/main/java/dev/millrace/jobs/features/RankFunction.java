package dev.millrace.jobs.features;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.quality.ValueHash;
import dev.millrace.features.quality.WindowRanker;
import dev.millrace.features.quality.Windows;
import dev.millrace.schemas.FeatureRank;
import dev.millrace.schemas.FieldProfile;
import dev.millrace.schemas.FieldWindow;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Ranks a field at the end of each window in which it was counted, and again when the window is
 * closed if it says something else by then. Of closed windows the last is kept, to compare the next
 * with, for as long as the decayed horizon remembers.
 */
final class RankFunction extends KeyedProcessFunction<Integer, FieldProfile, FeatureRank> {

  private static final long serialVersionUID = 1L;

  private final FeatureRankingSettings settings;
  private final List<String> fields;
  private final String catalogFingerprint;

  private transient Windows windows;
  private transient WindowRanker ranker;
  private transient MapState<Long, FieldProfile> profiles;
  private transient MapState<Long, FieldWindow> ranked;
  private transient ValueState<Long> lastClosed;
  private transient Counter late;

  RankFunction(FeatureRankingSettings settings, FeatureCatalog catalog) {
    this.settings = settings;
    this.fields = new ArrayList<>(catalog.fields().stream().map(Field::name).toList());
    this.catalogFingerprint = catalog.fingerprint();
  }

  @Override
  public void open(OpenContext context) {
    windows = settings.windows();
    ranker = new WindowRanker(windows, fields, catalogFingerprint, settings.thresholds());
    profiles =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "profiles", Types.LONG, new AvroTypeInfo<>(FieldProfile.class)));
    ranked =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "windows", Types.LONG, new AvroTypeInfo<>(FieldWindow.class)));
    lastClosed =
        getRuntimeContext().getState(new ValueStateDescriptor<>("last-closed", Types.LONG));
    late = getRuntimeContext().getMetricGroup().counter("lateProfiles");
  }

  @Override
  public void processElement(FieldProfile profile, Context context, Collector<FeatureRank> out)
      throws Exception {
    long window = profile.getWindow();
    long watermark = context.timerService().currentWatermark();
    // What was closed before a restart stays so, although the watermark starts anew.
    Long closedBefore = lastClosed.value();
    if (window <= windows.lastClosed(watermark)
        || (closedBefore != null && window <= closedBefore)) {
      late.inc();
      return;
    }
    profiles.put(profileKey(window, profile.getShard()), profile);
    if (window > windows.lastDue(watermark)) {
      context.timerService().registerEventTimeTimer(windows.due(window));
    }
    context.timerService().registerEventTimeTimer(windows.closing(window));
  }

  private static long profileKey(long window, int shard) {
    return window * ValueHash.SHARDS + shard;
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<FeatureRank> out)
      throws Exception {
    int field = context.getCurrentKey();
    if (windows.isDueAt(time)) {
      publish(field, windows.lastDue(time), out);
      return;
    }
    long window = windows.lastClosed(time);
    publish(field, window, out);
    close(window);
    forget(window - settings.memoryWindows());
    if (ranked.contains(window)) {
      long forgotten = window + settings.memoryWindows();
      context.timerService().registerEventTimeTimer(windows.closing(forgotten));
    }
  }

  private void publish(int field, long window, Collector<FeatureRank> out) throws Exception {
    List<FieldProfile> shards = shards(window);
    if (shards.stream().allMatch(shard -> shard.getCurrent().getValues().isEmpty())) {
      return;
    }
    FieldWindow now = ranker.rank(field, window, shards, ranked.get(before(window)));
    FieldWindow emitted = ranked.get(window);
    emit(now.getRank(), emitted == null ? null : emitted.getRank(), out);
    emit(now.getDecayed(), emitted == null ? null : emitted.getDecayed(), out);
    ranked.put(window, now);
  }

  private List<FieldProfile> shards(long window) throws Exception {
    List<FieldProfile> shards = new ArrayList<>();
    for (int shard = 0; shard < ValueHash.SHARDS; shard++) {
      FieldProfile profile = profiles.get(profileKey(window, shard));
      if (profile != null) {
        shards.add(profile);
      }
    }
    return shards;
  }

  /** The last window before this one that was ranked, negative if none is left. */
  private long before(long window) throws Exception {
    long last = -1;
    for (long each : ranked.keys()) {
      last = each < window ? Math.max(last, each) : last;
    }
    return last;
  }

  private static void emit(FeatureRank now, FeatureRank emitted, Collector<FeatureRank> out) {
    if (emitted != null) {
      now.setRevision(emitted.getRevision());
      if (now.equals(emitted)) {
        return;
      }
      now.setRevision(emitted.getRevision() + 1);
    }
    out.collect(now);
  }

  private void close(long window) throws Exception {
    for (int shard = 0; shard < ValueHash.SHARDS; shard++) {
      profiles.remove(profileKey(window, shard));
    }
    if (ranked.contains(window)) {
      lastClosed.update(window);
      forget(before(window));
    }
  }

  private void forget(long window) throws Exception {
    ranked.remove(window);
    if (ranked.isEmpty()) {
      lastClosed.clear();
    }
  }
}
