package dev.millrace.jobs.ranking;

import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.FeaturisedRequest;
import dev.millrace.schemas.RequestPart;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Puts the parts of a request together again. Keyed by the request's record, of which every part
 * comes exactly once, so that the state of a request always ends.
 */
final class GatherFunction extends KeyedProcessFunction<String, RequestPart, FeaturisedRequest> {

  private static final long serialVersionUID = 1L;

  private transient MapState<Integer, RequestPart> parts;
  private transient ValueState<Integer> waiting;

  @Override
  public void open(OpenContext context) {
    parts =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "parts", Types.INT, new AvroTypeInfo<>(RequestPart.class)));
    waiting = getRuntimeContext().getState(new ValueStateDescriptor<>("waiting", Types.INT));
  }

  @Override
  public void processElement(RequestPart part, Context context, Collector<FeaturisedRequest> out)
      throws Exception {
    Integer before = waiting.value();
    int left = before == null ? part.getCandidates() : before - 1;
    if (left > 0) {
      parts.put(part.getCandidate(), part);
      waiting.update(left);
      return;
    }
    out.collect(gather(part));
    parts.clear();
    waiting.clear();
  }

  private FeaturisedRequest gather(RequestPart last) throws Exception {
    FeatureValue[] items = new FeatureValue[last.getCandidates()];
    RequestPart head = place(last, items) ? last : null;
    for (Map.Entry<Integer, RequestPart> entry : parts.entries()) {
      if (place(entry.getValue(), items)) {
        head = entry.getValue();
      }
    }
    if (head == null) {
      throw new IllegalStateException("request " + last.getRequestKey() + " lost its head");
    }
    return new FeaturisedRequest(head.getRequest(), head.getFeatures(), Arrays.asList(items));
  }

  /** Places the features of a candidate; false for those, true for the request itself. */
  private static boolean place(RequestPart part, FeatureValue[] items) {
    if (part.getCandidate() == Requests.HEAD) {
      return true;
    }
    items[part.getCandidate()] = part.getFeatures();
    return false;
  }
}
