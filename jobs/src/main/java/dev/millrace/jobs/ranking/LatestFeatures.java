package dev.millrace.jobs.ranking;

import dev.millrace.schemas.FeatureValue;
import java.io.IOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;

/**
 * The newest streaming features of an entity. The streaming-features job ends the key of an entity
 * that has none left, and with it this state.
 */
final class LatestFeatures {

  private final ValueState<FeatureValue> latest;

  LatestFeatures(RuntimeContext context) {
    latest =
        context.getState(
            new ValueStateDescriptor<>("latest-features", new AvroTypeInfo<>(FeatureValue.class)));
  }

  /** The features, or null if there are none. */
  FeatureValue get() throws IOException {
    return latest.value();
  }

  void put(FeatureValue value) throws IOException {
    if (value.getValues().isEmpty()) {
      latest.clear();
    } else {
      latest.update(value);
    }
  }
}
