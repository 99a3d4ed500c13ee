package dev.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class WireFormatTest {

  private static final Instant NOON = Instant.parse("2025-03-01T12:00:00Z");

  private final WireFormat<Impression> impressions = WireFormat.of(Topic.IMPRESSIONS);

  private static Impression impression() {
    return Impression.newBuilder()
        .setImpressionId("i1")
        .setRequestId("r1")
        .setUserId("u1")
        .setItemId("shoe")
        .setTimestamp(NOON)
        .setPosition(2)
        .setPropensity(0.25)
        .setFeatures(
            Map.of("price", 9.5, "age", 30L, "country", "nl", "tags", List.of("red", "größer", "")))
        .setRows(List.of(1, 7, 65535))
        .build();
  }

  private Impression decode(byte[] value) {
    return impressions.decode(value, "millrace.impressions.v1", 3, 42);
  }

  @Test
  void shouldReadBackWhatItWrote() {
    assertThat(decode(impressions.encode(impression()))).isEqualTo(impression());
  }

  @Test
  void shouldMarkTheEncodingAndTheSchemaInTheFirstTenBytes() {
    byte[] bytes = impressions.encode(impression());

    assertThat(Arrays.copyOf(bytes, 2)).containsExactly(0xC3, 0x01);
    long fingerprint =
        org.apache.avro.SchemaNormalization.parsingFingerprint64(Impression.getClassSchema());
    assertThat(ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong(2))
        .isEqualTo(fingerprint);
  }

  @Test
  void shouldReadARecordWrittenUnderAnOlderSchema() throws IOException {
    Schema older =
        SchemaBuilder.record("Click")
            .namespace("dev.millrace.schemas")
            .fields()
            .requiredString("clickId")
            .requiredString("impressionId")
            .requiredString("userId")
            .requiredString("itemId")
            .name("timestamp")
            .type(
                org.apache.avro.LogicalTypes.timestampMillis()
                    .addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .name("button")
            .type()
            .stringType()
            .stringDefault("left")
            .endRecord();
    GenericRecord written = new GenericData.Record(older);
    written.put("clickId", "c1");
    written.put("impressionId", "i1");
    written.put("userId", "u1");
    written.put("itemId", "shoe");
    written.put("timestamp", NOON.toEpochMilli());
    written.put("button", "right");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BinaryMessageEncoder<GenericRecord>(GenericData.get(), older).encode(written, out);
    WireFormat<Click> clicks = WireFormat.of(Click.getClassSchema(), List.of(older));

    Click read = clicks.decode(out.toByteArray(), "millrace.clicks.v1", 0, 0);

    assertThat(read).isEqualTo(new Click("c1", "i1", "u1", "shoe", NOON));
    assertThatThrownBy(
            () -> WireFormat.of(Topic.CLICKS).decode(out.toByteArray(), "millrace.clicks.v1", 0, 0))
        .isInstanceOf(MalformedRecordException.class);
  }

  @Test
  void shouldSayWhereAndWhyAValueIsMalformed() {
    byte[] bytes = impressions.encode(impression());

    Throwable thrown = catchThrowable(() -> decode(Arrays.copyOf(bytes, bytes.length - 1)));

    assertThat(thrown).isInstanceOf(MalformedRecordException.class);
    MalformedRecordException malformed = (MalformedRecordException) thrown;
    assertThat(malformed.topic()).isEqualTo("millrace.impressions.v1");
    assertThat(malformed.partition()).isEqualTo(3);
    assertThat(malformed.offset()).isEqualTo(42);
    assertThat(malformed).hasMessageContaining("Impression of " + (bytes.length - 1) + " bytes");
  }

  @Test
  void shouldRefuseEveryTruncation() {
    byte[] bytes = impressions.encode(impression());
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decode(truncated))
          .as("the first %d bytes", length)
          .isInstanceOf(MalformedRecordException.class);
    }
  }

  @Test
  void shouldRefuseBytesAfterTheRecord() {
    byte[] bytes = impressions.encode(impression());
    assertThatThrownBy(() -> decode(Arrays.copyOf(bytes, bytes.length + 3)))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageContaining("3 bytes follow the record");
  }

  @Test
  void shouldRefuseARecordOfAnotherTopic() {
    byte[] click = WireFormat.of(Topic.CLICKS).encode(new Click("c", "i", "u", "x", NOON));
    assertThatThrownBy(() -> decode(click)).isInstanceOf(MalformedRecordException.class);
  }

  @Test
  void shouldReadOrRefuseWhateverItIsGiven() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] sound = impressions.encode(impression());
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = sound.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(10, bytes.length)] = (byte) random.nextInt();
      }
      Throwable thrown = catchThrowable(() -> decode(bytes));
      if (thrown != null) {
        assertThat(thrown)
            .as("seed %d, round %d", seed, round)
            .isInstanceOf(MalformedRecordException.class);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void shouldNotAllocateTheLengthThatAMalformedValueDeclares() {
    byte[] sound = impressions.encode(impression());
    ByteBuffer declares = ByteBuffer.allocate(64);
    declares.put(sound, 0, 10);
    // The length of the first string, 1 GiB, as a zigzag varint.
    declares.put(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08});
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    Throwable thrown = catchThrowable(() -> decode(declares.array()));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(thrown).isInstanceOf(MalformedRecordException.class);
    assertThat(allocated).isLessThan(1 << 20);
  }
}
