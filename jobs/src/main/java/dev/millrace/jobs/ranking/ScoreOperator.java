package dev.millrace.jobs.ranking;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.FeatureException;
import dev.millrace.jobs.io.DeadLetters;
import dev.millrace.jobs.io.Reason;
import dev.millrace.jobs.io.Stage;
import dev.millrace.schemas.FeaturisedRequest;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.ModelRelease;
import dev.millrace.schemas.Ranking;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.ReleaseStage;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import dev.millrace.serving.BatchRanker;
import dev.millrace.serving.RankedRequest;
import dev.millrace.serving.Release;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Scores featurised requests in batches with the release that is live; releases come in broadcast.
 *
 * <p>It is an operator and not a function for the batch's sake: requests that wait are scored
 * before each barrier, so a batch is never part of a checkpoint and needs no state.
 */
final class ScoreOperator extends AbstractStreamOperator<Ranking>
    implements TwoInputStreamOperator<FeaturisedRequest, Received, Ranking> {

  private static final long serialVersionUID = 1L;

  /** What was scored of the candidates that are shown. */
  static final OutputTag<Impression> IMPRESSIONS =
      new OutputTag<>("impressions", new AvroTypeInfo<>(Impression.class));

  private static final MapStateDescriptor<String, ModelRelease> RELEASES =
      new MapStateDescriptor<>("releases", Types.STRING, new AvroTypeInfo<>(ModelRelease.class));

  private static final String LIVE = "live";

  private final String catalogYaml;
  private final RankingSettings settings;

  private transient FeatureCatalog catalog;
  private transient BatchRanker ranker;
  private transient BroadcastState<String, ModelRelease> releases;
  private transient WireFormat<RankingRequest> requests;
  private transient WireFormat<ModelRelease> models;

  /** The flush that is due for the requests that wait, or null. */
  private transient ScheduledFuture<?> linger;

  private transient Counter scored;
  private transient Counter batches;
  private transient Counter refused;

  ScoreOperator(FeatureCatalog catalog, RankingSettings settings) {
    this.catalogYaml = catalog.toYaml();
    this.settings = settings;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    releases = context.getOperatorStateStore().getBroadcastState(RELEASES);
  }

  @Override
  public void open() throws Exception {
    super.open();
    catalog = FeatureCatalog.parse(catalogYaml, "catalogue of the job");
    requests = WireFormat.of(Topic.RANKING_REQUESTS);
    models = WireFormat.of(Topic.MODELS);
    scored = getMetricGroup().counter("scoredCandidates");
    batches = getMetricGroup().counter("scoredBatches");
    refused = getMetricGroup().counter("refusedReleases");
    ranker = new BatchRanker(catalog, settings.explorationSeed(), settings.scorer().maxBatch());
    ModelRelease live = releases.get(LIVE);
    if (live != null) {
      ranker.use(load(live));
    }
  }

  private Release load(ModelRelease release) throws IOException {
    return Release.load(release, catalog.fingerprint(), settings.scorer());
  }

  @Override
  public void processElement1(StreamRecord<FeaturisedRequest> record) {
    FeaturisedRequest featurised = record.getValue();
    Received received = featurised.getRequest();
    try {
      RankingRequest request = Requests.decode(requests, received);
      scored.inc(request.getCandidates().size());
      if (ranker.add(request, featurised)) {
        flush();
      } else {
        flushAfterLinger();
      }
    } catch (FeatureException e) {
      refuse(received, Reason.FEATURE, e.getMessage());
    }
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
    if (ranker.waiting() > 0) {
      batches.inc();
      ranker.flush(this::emit);
    }
  }

  private void emit(RankedRequest ranked) {
    output.collect(new StreamRecord<>(ranked.ranking()));
    for (Impression impression : ranked.impressions()) {
      output.collect(IMPRESSIONS, new StreamRecord<>(impression));
    }
  }

  @Override
  public void processElement2(StreamRecord<Received> record) throws Exception {
    Received received = record.getValue();
    ModelRelease release =
        models.decode(
            received.getValue().array(),
            received.getTopic(),
            received.getPartition(),
            received.getOffset());
    flush();
    if (release.getStage() == ReleaseStage.FULL) {
      release(release, received);
    } else if (release.getStage() == ReleaseStage.RETIRED) {
      retire(release);
    } else {
      refuseOnce(received, "stage must be FULL or RETIRED, found " + release.getStage());
    }
  }

  private void release(ModelRelease release, Received received) throws Exception {
    try {
      ranker.use(load(release));
      releases.put(LIVE, release);
      LOG.info("release {} is live", release.getRelease());
    } catch (IOException | IllegalArgumentException e) {
      refuseOnce(received, e.getMessage());
    }
  }

  private void retire(ModelRelease release) throws Exception {
    ModelRelease live = releases.get(LIVE);
    if (live != null && Topic.MODELS.keyOf(live).equals(Topic.MODELS.keyOf(release))) {
      ranker.use(null);
      releases.remove(LIVE);
      LOG.info("release {} is retired", release.getRelease());
    }
  }

  /** Every subtask refuses a broadcast record; one of them writes the dead letter. */
  private void refuseOnce(Received received, String message) {
    refused.inc();
    LOG.warn("a release is refused, the one before goes on: {}", message);
    if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
      refuse(received, Reason.BUNDLE, message);
    }
  }

  private void refuse(Received received, Reason reason, String message) {
    output.collect(
        DeadLetters.TAG,
        new StreamRecord<>(DeadLetters.of(received, Stage.RANKING, reason, message)));
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    flush();
    super.processWatermark(watermark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    flush();
    super.prepareSnapshotPreBarrier(checkpoint);
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  @Override
  public void close() throws Exception {
    try {
      if (ranker != null) {
        ranker.close();
      }
    } finally {
      super.close();
    }
  }
}
