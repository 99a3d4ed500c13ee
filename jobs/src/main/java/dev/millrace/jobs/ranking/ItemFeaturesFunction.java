package dev.millrace.jobs.ranking;

import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.ItemLookup;
import dev.millrace.schemas.RequestPart;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/** Looks up the streaming features of candidates. Keyed by item. */
final class ItemFeaturesFunction
    extends KeyedCoProcessFunction<String, ItemLookup, FeatureValue, RequestPart> {

  private static final long serialVersionUID = 1L;

  private transient LatestFeatures features;

  @Override
  public void open(OpenContext context) {
    features = new LatestFeatures(getRuntimeContext());
  }

  @Override
  public void processElement1(ItemLookup lookup, Context context, Collector<RequestPart> out)
      throws IOException {
    out.collect(
        new RequestPart(
            lookup.getRequestKey(),
            lookup.getCandidate(),
            null,
            lookup.getCandidates(),
            features.get()));
  }

  @Override
  public void processElement2(FeatureValue value, Context context, Collector<RequestPart> out)
      throws IOException {
    features.put(value);
  }
}
