package dev.millrace.jobs.cli;

import static dev.millrace.jobs.Events.NOON;
import static dev.millrace.jobs.Events.impression;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.table.Progress;
import dev.millrace.features.table.RankingOptions;
import dev.millrace.features.table.Rows;
import dev.millrace.features.table.TableException;
import dev.millrace.features.table.TableRanker;
import dev.millrace.jobs.embedded.EmbeddedKafka;
import dev.millrace.jobs.io.TopicAdmin;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.LabelledImpression;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that holds good records, bad ones, and those of transactions that were not committed. */
final class TopicRowsTest {
  private static final Topic<LabelledImpression> TOPIC = Topic.LABELLED_IMPRESSIONS;
  private static final WireFormat<LabelledImpression> WIRE_FORMAT = WireFormat.of(TOPIC);
  private static final int GOOD = 100;

  private static final FeatureCatalog CATALOG =
      FeatureCatalog.parse(
          """
          name: small
          embedding: {kind: unified, buckets: 1024, dim: 4}
          fields:
            - {name: item, kind: categorical, from: item-id}
            - {name: parity, kind: categorical, from: context}
            - {name: price, kind: numeric, from: item, bucketing: {kind: quantile, boundaries: [10, 50]}}
            - {name: tags, kind: multi-valued, from: item, maxValues: 3}
          """,
          "small.yaml");

  @TempDir private static Path directory;
  private static EmbeddedKafka broker;

  @BeforeAll
  static void fillTheTopic() throws Exception {
    broker = EmbeddedKafka.start(directory);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicAdmin.create(admin, 2, (short) 1);
    }
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = 0; i < GOOD; i++) {
        send(producer, record(i % 2, WIRE_FORMAT.encode(labelled(i))));
      }
      send(producer, record(0, new byte[] {1, 2, 3}));
      send(producer, record(0, null));
      LabelledImpression other = labelled(GOOD);
      other.setCatalogFingerprint("other");
      send(producer, record(1, WIRE_FORMAT.encode(other)));
      LabelledImpression notFinite = labelled(GOOD);
      notFinite.getImpression().setFeatures(Map.of("price", Double.NaN));
      send(producer, record(1, WIRE_FORMAT.encode(notFinite)));
      producer.commitTransaction();

      producer.beginTransaction();
      send(producer, record(0, WIRE_FORMAT.encode(labelled(GOOD))));
      producer.flush();
      producer.abortTransaction();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The end of the transaction hears of a failure.
  private static void send(
      KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "topic-rows-test"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static ProducerRecord<byte[], byte[]> record(int partition, byte[] value) {
    return new ProducerRecord<>(TOPIC.name(), partition, "key".getBytes(UTF_8), value);
  }

  /** Clicked exactly if the number is odd; every fourth has no price. */
  private static LabelledImpression labelled(int i) {
    Impression impression = impression("a" + i, NOON + i);
    impression.setItemId("i" + i % 5);
    List<String> tags = i % 3 == 0 ? List.of("a", "b") : List.of("b");
    String parity = i % 2 == 0 ? "even" : "odd";
    impression.setFeatures(
        i % 4 == 0
            ? Map.of("parity", parity, "tags", tags)
            : Map.of("parity", parity, "tags", tags, "price", (double) i));
    return LabelledImpression.newBuilder()
        .setImpression(impression)
        .setClicked(i % 2 == 1)
        .setAttributionWindowMillis(1000)
        .setCatalogFingerprint(CATALOG.fingerprint())
        .build();
  }

  private static List<String> row(int i) {
    String bucket = i % 4 == 0 ? "" : i < 10 ? "0" : i < 50 ? "1" : "2";
    return List.of(
        "i" + i % 5,
        i % 2 == 0 ? "even" : "odd",
        bucket,
        i % 3 == 0 ? "a;b" : "b",
        Integer.toString(i % 2));
  }

  private static TopicRows open(long maxRows, List<String> problems) throws IOException {
    return TopicRows.forCounting(broker.bootstrapServers(), CATALOG, maxRows, problems::add);
  }

  private static List<List<String>> read(Rows rows) throws IOException {
    List<List<String>> all = new ArrayList<>();
    while (rows.next()) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < rows.columns().size(); column++) {
        int start = rows.start(column);
        cells.add(new String(rows.bytes(), start, rows.end(column) - start, UTF_8));
      }
      all.add(cells);
    }
    return all;
  }

  @Test
  void shouldReadCommittedRecordsPartitionByPartition() throws IOException {
    List<List<String>> expected = new ArrayList<>();
    for (int first = 0; first < 2; first++) {
      for (int i = first; i < GOOD; i += 2) {
        expected.add(row(i));
      }
    }

    try (TopicRows rows = open(Long.MAX_VALUE, new ArrayList<>())) {
      assertThat(rows.columns()).containsExactly("item", "parity", "price", "tags", "clicked");
      assertThat(read(rows)).isEqualTo(expected);
      assertThat(rows.progress()).isEqualTo(1);
    }
  }

  @Test
  void shouldReportRecordsThatCannotBeReadWithTheirPlace() throws IOException {
    List<String> problems = new ArrayList<>();
    try (TopicRows rows = open(Long.MAX_VALUE, problems)) {
      read(rows);
      assertThat(rows.malformed()).isEqualTo(4);
    }
    String topic = TOPIC.name();
    assertThat(problems)
        .satisfiesExactly(
            problem ->
                assertThat(problem)
                    .startsWith(topic + ", partition 0, offset 50: LabelledImpression of 3 bytes"),
            problem ->
                assertThat(problem)
                    .isEqualTo(topic + ", partition 0, offset 51: a value must not be null"),
            problem ->
                assertThat(problem)
                    .startsWith(topic + ", partition 1, offset 50: the catalogue must have")
                    .endsWith(", found other"),
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        topic + ", partition 1, offset 51: price must be finite, found NaN"));
  }

  @Test
  void shouldEndAfterTheMostRows() throws IOException {
    try (TopicRows rows = open(7, new ArrayList<>())) {
      assertThat(read(rows)).hasSize(7);
      assertThat(rows.progress()).isEqualTo(1);
    }
  }

  private static TopicRows training(TopicBounds bounds) throws IOException {
    return TopicRows.forTraining(
        broker.bootstrapServers(), CATALOG, bounds, problem -> assertThat(problem).isNotEmpty());
  }

  @Test
  void shouldGiveValuesAsTheyAreForTraining() throws IOException {
    try (TopicRows rows = training(TopicBounds.NONE)) {
      List<List<String>> all = read(rows);

      assertThat(rows.columns())
          .containsExactly(
              "item",
              "parity",
              "price",
              "tags",
              "impression.userId",
              "impression.timestamp",
              "clicked");
      assertThat(all).hasSize(GOOD);
      String noonPlus6 = Long.toString(NOON + 6);
      assertThat(all.get(3)).containsExactly("i1", "even", "6.0", "a;b", "u1", noonPlus6, "0");
    }
  }

  @Test
  void shouldReadBetweenTimesAndOffsets() throws IOException {
    TopicBounds times =
        new TopicBounds(
            Optional.of(Instant.ofEpochMilli(NOON + 10)),
            Optional.of(Instant.ofEpochMilli(NOON + 20)),
            Map.of(),
            Map.of());
    TopicBounds offsets =
        new TopicBounds(Optional.empty(), Optional.empty(), Map.of(0, 45L, 1, 99L), Map.of(0, 48L));
    try (TopicRows rows = training(times)) {
      assertThat(read(rows)).hasSize(10);
      assertThat(rows.malformed()).as("without the one whose time is beyond").isEqualTo(3);
    }
    try (TopicRows rows = training(offsets)) {
      assertThat(read(rows)).hasSize(3);
      assertThat(rows.progress()).isEqualTo(1);
    }
  }

  @Test
  void shouldGiveTheSameRowsAgainBetweenTheBoundsOfTheFirstTime() throws IOException {
    try (TopicRows first = training(TopicBounds.NONE);
        TopicRows second = training(first.bounds())) {
      assertThat(first.bounds().toOffsets()).containsOnlyKeys(0, 1);
      assertThat(second.bounds()).isEqualTo(first.bounds());
      assertThat(read(second)).isEqualTo(read(first));
    }
  }

  @Test
  void shouldRefuseBoundsThatHoldNothing() {
    Optional<Instant> noon = Optional.of(Instant.ofEpochMilli(NOON));
    assertThatThrownBy(() -> new TopicBounds(noon, noon, Map.of(), Map.of()))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith("to must be after from");
    assertThatThrownBy(() -> TopicBounds.NONE.withOffsets(Map.of(0, -1L), Map.of()))
        .hasMessage("from offsets must be partition:offset, both >= 0, found 0:-1");
  }

  @Test
  void shouldBeRanked() throws IOException {
    try (TopicRows rows = open(Long.MAX_VALUE, new ArrayList<>())) {
      FeatureRanking ranking =
          TableRanker.rank(rows, RankingOptions.of(TopicRows.LABEL), Progress.NONE);

      assertThat(ranking.rows()).isEqualTo(GOOD);
      assertThat(ranking.malformed()).isEqualTo(4);
      assertThat(ranking.fields().get(0).feature()).isEqualTo("parity");
    }
  }

  @Test
  void shouldRefuseACatalogueItCannotRankBy() {
    FeatureCatalog unfitted =
        FeatureCatalog.parse(
            CATALOG.toYaml().replaceAll("boundaries:\\s*- 10.0\\s*- 50.0", "buckets: 4"), "u.yaml");

    assertThatThrownBy(() -> TopicRows.forCounting("localhost:1", unfitted, 1, problem -> {}))
        .isInstanceOf(TableException.class)
        .hasMessage("catalog must have fitted bucketings, found some unfitted in small");
    assertThatThrownBy(() -> TopicRows.forCounting("localhost:1", CATALOG, 0, problem -> {}))
        .isInstanceOf(TableException.class)
        .hasMessage("max-rows must be >= 1, found 0");
  }
}
