package dev.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.jobs.Events;
import dev.millrace.jobs.embedded.EmbeddedKafka;
import dev.millrace.jobs.io.TopicAdmin;
import dev.millrace.schemas.Impression;
import dev.millrace.schemas.LabelledImpression;
import dev.millrace.schemas.Topic;
import dev.millrace.schemas.WireFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains, evaluates and scores on the labelled-impressions topic. */
class TopicTrainingTest {
  private static final Topic<LabelledImpression> TOPIC = Topic.LABELLED_IMPRESSIONS;
  private static final int IMPRESSIONS = 1_000;
  private static final FeatureCatalog CATALOG =
      FeatureCatalog.parse(
          """
          name: small
          embedding: {kind: unified, buckets: 256, dim: 4}
          fields:
            - {name: item, kind: categorical, from: item-id}
            - {name: device, kind: categorical, from: context}
          """,
          "small.yaml");

  @TempDir private static Path directory;
  private static EmbeddedKafka broker;
  private static Path catalog;

  /** The device tells about the click, the item does not; one impression a second. */
  @BeforeAll
  static void fillTheTopic() throws Exception {
    catalog = Files.writeString(directory.resolve("small.yaml"), CATALOG.toYaml());
    broker = EmbeddedKafka.start(directory.resolve("kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicAdmin.create(admin, 2, (short) 1);
    }
    WireFormat<LabelledImpression> wire = WireFormat.of(TOPIC);
    SplittableRandom random = new SplittableRandom(13);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < IMPRESSIONS; i++) {
        int device = random.nextInt(3);
        boolean clicked = random.nextDouble() < 0.1 + 0.35 * device;
        byte[] value = wire.encode(labelled(i, random.nextInt(9), device, clicked));
        producer.send(new ProducerRecord<>(TOPIC.name(), i % 2, new byte[] {1}, value)).get();
      }
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static LabelledImpression labelled(int i, int item, int device, boolean clicked) {
    Impression impression = Events.impression("a" + i, Events.NOON + 1_000L * i);
    impression.setItemId("i" + item);
    impression.setFeatures(Map.of("device", "d" + device));
    return LabelledImpression.newBuilder()
        .setImpression(impression)
        .setClicked(clicked)
        .setAttributionWindowMillis(1000)
        .setCatalogFingerprint(CATALOG.fingerprint())
        .build();
  }

  private static CommandRun train(String options, Path bundle) {
    return CommandRun.of(
        "train --network lr --epochs 3 --learning-rate 0.05 --threads 1 --json " + options,
        "--bootstrap-servers",
        broker.bootstrapServers(),
        "--catalog",
        catalog,
        "--out",
        bundle);
  }

  @Test
  void shouldTrainEvaluateAndScoreBetweenOffsets() throws IOException {
    Path bundle = directory.resolve("offsets");
    JsonNode trained =
        train("--from-offsets 0=100,1=0 --to-offsets 0=500,1=400", bundle).requireSuccess().json();
    assertThat(
            trained.get("train").get("rows").asLong()
                + trained.get("validation").get("rows").asLong()
                + trained.get("test").get("rows").asLong())
        .isEqualTo(800);

    String[] topic = {"--bootstrap-servers", broker.bootstrapServers()};
    JsonNode evaluated =
        CommandRun.of(
                "evaluate --json --bootstrap 0 --from-offsets 0=100,1=0 --to-offsets 0=500,1=400"
                    + " --part test",
                topic[0],
                topic[1],
                "--bundle",
                bundle)
            .requireSuccess()
            .json();
    assertThat(evaluated.get("rows")).isEqualTo(trained.get("test").get("rows"));
    assertThat(evaluated.get("auc").asDouble()).isGreaterThan(0.6);

    Path scores = directory.resolve("scores.csv");
    CommandRun.of("score", topic[0], topic[1], "--bundle", bundle, "--out", scores)
        .requireSuccess();
    assertThat(Files.readAllLines(scores)).hasSize(IMPRESSIONS + 1);
  }

  @Test
  void shouldTrainBetweenTimes() {
    Instant noon = Instant.ofEpochMilli(Events.NOON);
    JsonNode trained =
        train(
                "--split-by time --time impression.timestamp --from-time "
                    + noon.plusSeconds(200)
                    + " --to-time "
                    + noon.plusSeconds(700),
                directory.resolve("times"))
            .requireSuccess()
            .json();
    assertThat(trained.get("train").get("rows").asLong()).isEqualTo(400);
    assertThat(trained.get("validation").get("rows").asLong()).isEqualTo(50);
    assertThat(trained.get("test").get("rows").asLong()).isEqualTo(50);
  }
}
