package dev.millrace.jobs.ranking;

import static dev.millrace.jobs.ranking.Parts.features;
import static dev.millrace.jobs.ranking.Parts.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.FeaturisedRequest;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.RequestPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GatherFunctionTest {

  private static final FeatureValue USER = features("user", "u1", 7);
  private static final FeatureValue FIRST = features("item", "a", 1);
  private static final FeatureValue THIRD = features("item", "c", 3);

  private KeyedOneInputStreamOperatorTestHarness<String, RequestPart, FeaturisedRequest> harness;

  @BeforeEach
  void open() throws Exception {
    harness = harness();
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, RequestPart, FeaturisedRequest>
      harness() throws Exception {
    KeyedOneInputStreamOperatorTestHarness<String, RequestPart, FeaturisedRequest> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new GatherFunction()),
            RequestPart::getRequestKey,
            Types.STRING);
    harness.setup(
        new AvroTypeInfo<>(FeaturisedRequest.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }

  private void process(RequestPart part) throws Exception {
    harness.processElement(new StreamRecord<>(part));
  }

  /** The parts of a request for a, b and c, of which b has no features. */
  private static List<RequestPart> parts(String key, Received request) {
    return List.of(
        new RequestPart(key, Requests.HEAD, request, 3, USER),
        new RequestPart(key, 0, null, 3, FIRST),
        new RequestPart(key, 1, null, 3, null),
        new RequestPart(key, 2, null, 3, THIRD));
  }

  private static FeaturisedRequest featurised(Received request) {
    return new FeaturisedRequest(request, USER, Arrays.asList(FIRST, null, THIRD));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shouldGatherPartsInAnyOrder(long seed) throws Exception {
    Received first = request("r1", 0, "a", "b", "c");
    Received second = request("r2", 1, "a", "b", "c");
    List<RequestPart> parts = new ArrayList<>(parts("0@0", first));
    parts.addAll(parts("0@1", second));
    Collections.shuffle(parts, new Random(seed));

    for (RequestPart part : parts) {
      process(part);
    }

    assertThat(harness.extractOutputValues())
        .as("seed %d", seed)
        .containsExactlyInAnyOrder(featurised(first), featurised(second));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void shouldWaitForTheLastPart() throws Exception {
    List<RequestPart> parts = parts("0@0", request("r1", 0, "a", "b", "c"));
    for (RequestPart part : parts.subList(0, 3)) {
      process(part);
    }

    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void shouldTellTwoRequestsOfTheSameIdApart() throws Exception {
    Received first = request("same", 0, "a", "b", "c");
    Received second = request("same", 1, "a", "b", "c");
    List<RequestPart> firstParts = parts("0@0", first);
    List<RequestPart> secondParts = parts("0@1", second);
    for (int i = 0; i < firstParts.size(); i++) {
      process(firstParts.get(i));
      process(secondParts.get(i));
    }

    assertThat(harness.extractOutputValues())
        .containsExactly(featurised(first), featurised(second));
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void shouldGoOnFromASnapshot() throws Exception {
    Received request = request("r1", 0, "a", "b", "c");
    List<RequestPart> parts = parts("0@0", request);
    restart(null);
    process(parts.get(2));
    process(parts.get(0));
    restart(harness.snapshot(1, 1));
    process(parts.get(3));
    process(parts.get(1));

    assertThat(harness.extractOutputValues()).containsExactly(featurised(request));
  }

  /** With the store of production, which keeps state as bytes. */
  private void restart(OperatorSubtaskState snapshot) throws Exception {
    harness.close();
    harness = harness();
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
    if (snapshot != null) {
      harness.initializeState(snapshot);
    }
    harness.open();
  }
}
