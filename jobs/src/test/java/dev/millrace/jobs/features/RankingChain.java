package dev.millrace.jobs.features;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.jobs.Events;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.jobs.io.RejectedRecordException;
import dev.millrace.jobs.io.Rules;
import dev.millrace.schemas.DeadLetter;
import dev.millrace.schemas.DiscreteImpression;
import dev.millrace.schemas.FeatureRank;
import dev.millrace.schemas.FieldCount;
import dev.millrace.schemas.FieldProfile;
import dev.millrace.schemas.Horizon;
import dev.millrace.schemas.LabelledImpression;
import dev.millrace.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The operators of the job one after the other, on one thread, with the state of production. */
final class RankingChain implements AutoCloseable {

  private static final Rules RULES =
      new Rules(
          Clock.fixed(Instant.ofEpochMilli(Events.NOON), ZoneOffset.UTC), Duration.ofDays(1000));

  private final FeatureCatalog catalog;
  private final FeatureRankingSettings settings;
  private final StateBackend backend;
  private final LabelledImpressionIntake intake;
  private final List<FeatureRank> ranks = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();

  private OneInputStreamOperatorTestHarness<DiscreteImpression, FieldCount> count;
  private KeyedOneInputStreamOperatorTestHarness<Integer, FieldCount, FieldProfile> profile;
  private KeyedOneInputStreamOperatorTestHarness<Integer, FieldProfile, FeatureRank> rank;
  private long offset;
  private long watermark = Long.MIN_VALUE;

  private RankingChain(
      FeatureCatalog catalog, FeatureRankingSettings settings, StateBackend backend) {
    this.catalog = catalog;
    this.settings = settings;
    this.backend = backend;
    this.intake = new LabelledImpressionIntake(RULES, catalog);
  }

  /** With the state backend of production. */
  static RankingChain open(FeatureCatalog catalog, FeatureRankingSettings settings)
      throws Exception {
    EmbeddedRocksDBStateBackend rocksDb = new EmbeddedRocksDBStateBackend();
    rocksDb.getMemoryConfiguration().setFixedMemoryPerSlot(MemorySize.ofMebiBytes(32));
    return open(catalog, settings, rocksDb);
  }

  /** With state whose entries can be counted. */
  static RankingChain openOnHeap(FeatureCatalog catalog, FeatureRankingSettings settings)
      throws Exception {
    return open(catalog, settings, new HashMapStateBackend());
  }

  private static RankingChain open(
      FeatureCatalog catalog, FeatureRankingSettings settings, StateBackend backend)
      throws Exception {
    RankingChain chain = new RankingChain(catalog, settings, backend);
    chain.open(null);
    return chain;
  }

  /** What a checkpoint holds. */
  record Checkpoint(
      OperatorSubtaskState count,
      OperatorSubtaskState profile,
      OperatorSubtaskState rank,
      int ranks,
      int deadLetters) {}

  private void open(Checkpoint from) throws Exception {
    count =
        new OneInputStreamOperatorTestHarness<>(
            new CountOperator(settings, catalog.fields().size(), catalog.fingerprint()));
    count.setup(serializer(FieldCount.class));
    profile =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ProfileFunction(settings.windows())),
            ProfileFunction::key,
            Types.INT);
    profile.setStateBackend(backend);
    profile.setup(serializer(FieldProfile.class));
    rank =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new RankFunction(settings, catalog)),
            FieldProfile::getField,
            Types.INT);
    rank.setStateBackend(backend);
    rank.setup(serializer(FeatureRank.class));
    if (from != null) {
      count.initializeState(from.count());
      profile.initializeState(from.profile());
      rank.initializeState(from.rank());
    }
    count.open();
    profile.open();
    rank.open();
  }

  private static <T extends SpecificRecordBase> TypeSerializer<T> serializer(Class<T> type) {
    return new AvroTypeInfo<>(type).createSerializer(new SerializerConfigImpl());
  }

  /** Takes a labelled impression as the source would read it. */
  void add(LabelledImpression labelled) throws Exception {
    count.processElement(new StreamRecord<>(discrete(labelled)));
    pass();
  }

  private DiscreteImpression discrete(LabelledImpression labelled) {
    try {
      return intake.take(labelled, Events.consumed(Topic.LABELLED_IMPRESSIONS, labelled, offset++));
    } catch (RejectedRecordException e) {
      throw new AssertionError(e);
    }
  }

  void watermark(long time) throws Exception {
    watermark = Math.max(watermark, time);
    count.processWatermark(new Watermark(watermark));
    pass();
    profile.processWatermark(new Watermark(watermark));
    pass();
    rank.processWatermark(new Watermark(watermark));
    pass();
  }

  /** Hands on what each operator has put out. */
  private void pass() throws Exception {
    for (FieldCount counted : count.extractOutputValues()) {
      profile.processElement(new StreamRecord<>(counted));
    }
    count.getOutput().clear();
    for (FieldProfile profiled : profile.extractOutputValues()) {
      rank.processElement(new StreamRecord<>(profiled));
    }
    profile.getOutput().clear();
    ranks.addAll(rank.extractOutputValues());
    rank.getOutput().clear();
    var letters = count.getSideOutput(DeadLetters.TAG);
    if (letters != null) {
      letters.forEach(letter -> deadLetters.add(letter.getValue()));
      letters.clear();
    }
  }

  /** Takes a checkpoint as a barrier would that runs through. */
  Checkpoint checkpoint() throws Exception {
    count.prepareSnapshotPreBarrier(1);
    pass();
    return new Checkpoint(
        count.snapshot(1, 1),
        profile.snapshot(1, 1),
        rank.snapshot(1, 1),
        ranks.size(),
        deadLetters.size());
  }

  /** Dies, and starts again from a checkpoint; what came after it does not show in the topics. */
  void restore(Checkpoint from) throws Exception {
    closeOperators();
    ranks.subList(from.ranks(), ranks.size()).clear();
    deadLetters.subList(from.deadLetters(), deadLetters.size()).clear();
    watermark = Long.MIN_VALUE;
    open(from);
  }

  /** Every rank that was emitted, in order. */
  List<FeatureRank> ranks() {
    return ranks;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  /** The last revision of each rank, as number 0, by field, horizon and window. */
  Map<String, FeatureRank> lastRanks() {
    return last(ranks);
  }

  static Map<String, FeatureRank> last(List<FeatureRank> ranks) {
    Map<String, FeatureRank> last = new LinkedHashMap<>();
    for (FeatureRank rank : ranks) {
      FeatureRank unnumbered = FeatureRank.newBuilder(rank).setRevision(0).build();
      last.put(
          key(rank.getFeatures().get(0), rank.getHorizon(), rank.getWindowStart()), unnumbered);
    }
    return last;
  }

  static String key(String field, Horizon horizon, Instant windowStart) {
    return field + " " + horizon + " " + windowStart;
  }

  int stateEntries() {
    return profile.numKeyedStateEntries() + rank.numKeyedStateEntries();
  }

  int timers() {
    return profile.numEventTimeTimers() + rank.numEventTimeTimers();
  }

  private void closeOperators() throws Exception {
    count.close();
    profile.close();
    rank.close();
  }

  @Override
  public void close() {
    try {
      closeOperators();
    } catch (Exception e) {
      throw new AssertionError("cannot close the operators", e);
    }
  }
}
