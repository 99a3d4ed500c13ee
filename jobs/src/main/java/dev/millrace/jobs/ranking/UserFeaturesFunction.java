package dev.millrace.jobs.ranking;

import dev.millrace.schemas.Candidate;
import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.ItemLookup;
import dev.millrace.schemas.RankingRequest;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.RequestPart;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Looks up the streaming features of a request's user, and sends for those of its candidates. Keyed
 * by user.
 */
final class UserFeaturesFunction
    extends KeyedCoProcessFunction<String, Received, FeatureValue, RequestPart> {

  private static final long serialVersionUID = 1L;

  static final OutputTag<ItemLookup> ITEM_LOOKUPS =
      new OutputTag<>("item-lookups", new AvroTypeInfo<>(ItemLookup.class));

  private transient LatestFeatures features;
  private transient WireFormat<RankingRequest> requests;

  @Override
  public void open(OpenContext context) {
    features = new LatestFeatures(getRuntimeContext());
    requests = WireFormat.of(Topic.RANKING_REQUESTS);
  }

  @Override
  public void processElement1(Received received, Context context, Collector<RequestPart> out)
      throws IOException {
    List<Candidate> candidates = Requests.decode(requests, received).getCandidates();
    String key = received.getPartition() + "@" + received.getOffset();
    out.collect(new RequestPart(key, Requests.HEAD, received, candidates.size(), features.get()));
    for (int i = 0; i < candidates.size(); i++) {
      context.output(
          ITEM_LOOKUPS, new ItemLookup(key, i, candidates.get(i).getItemId(), candidates.size()));
    }
  }

  @Override
  public void processElement2(FeatureValue value, Context context, Collector<RequestPart> out)
      throws IOException {
    features.put(value);
  }
}
