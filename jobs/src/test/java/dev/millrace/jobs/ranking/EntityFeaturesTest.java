package dev.millrace.jobs.ranking;

import static dev.millrace.jobs.Events.USER;
import static dev.millrace.jobs.ranking.Parts.end;
import static dev.millrace.jobs.ranking.Parts.features;
import static dev.millrace.jobs.ranking.Parts.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.schemas.FeatureValue;
import dev.millrace.schemas.ItemLookup;
import dev.millrace.schemas.Received;
import dev.millrace.schemas.RequestPart;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The look-ups of streaming features, of users and of items. */
final class EntityFeaturesTest {

  private static final FeatureValue USER_FEATURES = features("user", USER, 7);

  private KeyedTwoInputStreamOperatorTestHarness<String, Received, FeatureValue, RequestPart> users;
  private KeyedTwoInputStreamOperatorTestHarness<String, ItemLookup, FeatureValue, RequestPart>
      items;

  @BeforeEach
  void open() throws Exception {
    users = harness(new UserFeaturesFunction(), Received::getId);
    users.open();
    items = harness(new ItemFeaturesFunction(), ItemLookup::getItemId);
    items.open();
  }

  @AfterEach
  void close() throws Exception {
    users.close();
    items.close();
  }

  private static <T>
      KeyedTwoInputStreamOperatorTestHarness<String, T, FeatureValue, RequestPart> harness(
          KeyedCoProcessFunction<String, T, FeatureValue, RequestPart> function,
          KeySelector<T, String> key)
          throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(function), key, FeatureValue::getKey, Types.STRING);
  }

  private void lookUp(int candidate, String item) throws Exception {
    items.processElement1(new StreamRecord<>(new ItemLookup("0@1", candidate, item, 2)));
  }

  @Test
  void shouldSendForTheFeaturesOfEveryCandidate() throws Exception {
    Received request = request("r1", 42, "a", "b");
    users.processElement2(new StreamRecord<>(USER_FEATURES));
    users.processElement1(new StreamRecord<>(request));

    assertThat(users.extractOutputValues())
        .containsExactly(new RequestPart("0@42", Requests.HEAD, request, 2, USER_FEATURES));
    assertThat(users.getSideOutput(UserFeaturesFunction.ITEM_LOOKUPS))
        .extracting(StreamRecord::getValue)
        .containsExactly(new ItemLookup("0@42", 0, "a", 2), new ItemLookup("0@42", 1, "b", 2));
  }

  @Test
  void shouldDoWithoutFeaturesOfAnUnknownUser() throws Exception {
    Received request = request("r1", 42, "a");
    users.processElement1(new StreamRecord<>(request));

    assertThat(users.extractOutputValues())
        .containsExactly(new RequestPart("0@42", Requests.HEAD, request, 1, null));
    assertThat(users.numKeyedStateEntries()).isZero();
  }

  @Test
  void shouldAnswerWithTheNewestFeaturesOfAnItem() throws Exception {
    FeatureValue newest = features("item", "a", 2);
    items.processElement2(new StreamRecord<>(features("item", "a", 1)));
    items.processElement2(new StreamRecord<>(newest));
    lookUp(0, "a");
    lookUp(1, "b");

    assertThat(items.extractOutputValues())
        .containsExactly(
            new RequestPart("0@1", 0, null, 2, newest), new RequestPart("0@1", 1, null, 2, null));
  }

  @Test
  void shouldForgetAnEntityWhoseKeyHasEnded() throws Exception {
    users.processElement2(new StreamRecord<>(USER_FEATURES));
    items.processElement2(new StreamRecord<>(features("item", "a", 1)));
    assertThat(users.numKeyedStateEntries()).isEqualTo(1);
    assertThat(items.numKeyedStateEntries()).isEqualTo(1);

    users.processElement2(new StreamRecord<>(end("user", USER)));
    items.processElement2(new StreamRecord<>(end("item", "a")));

    assertThat(users.numKeyedStateEntries()).isZero();
    assertThat(items.numKeyedStateEntries()).isZero();
  }

  @Test
  void shouldGoOnFromASnapshot() throws Exception {
    FeatureValue features = features("item", "a", 1);
    items.processElement2(new StreamRecord<>(features));
    OperatorSubtaskState snapshot = items.snapshot(1, 1);
    items.close();

    items = harness(new ItemFeaturesFunction(), ItemLookup::getItemId);
    items.initializeState(snapshot);
    items.open();
    lookUp(0, "a");

    assertThat(items.extractOutputValues())
        .containsExactly(new RequestPart("0@1", 0, null, 2, features));
  }
}
