package dev.millrace.features.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.schemas.Impression;
import dev.millrace.schemas.LabelledImpression;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AvroRowsTest {
  private static final int BLOCKS = 5;
  private static final int ROWS_A_BLOCK = 40;

  private static final Schema PAIR =
      SchemaBuilder.record("Pair")
          .fields()
          .requiredLong("number")
          .requiredString("text")
          .endRecord();

  @TempDir private Path directory;

  private Path write(Schema schema, CodecFactory codec, List<List<GenericRecord>> blocks)
      throws IOException {
    Path file = directory.resolve("rows.avro");
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.setCodec(codec).create(schema, file.toFile());
      for (List<GenericRecord> block : blocks) {
        for (GenericRecord record : block) {
          writer.append(record);
        }
        writer.sync();
      }
    }
    return file;
  }

  private Path write(GenericRecord record) throws IOException {
    return write(record.getSchema(), CodecFactory.nullCodec(), List.of(List.of(record)));
  }

  private static List<List<GenericRecord>> pairs() {
    return IntStream.range(0, BLOCKS)
        .mapToObj(
            block ->
                IntStream.range(0, ROWS_A_BLOCK)
                    .mapToObj(i -> pair(block * ROWS_A_BLOCK + i))
                    .toList())
        .toList();
  }

  private static GenericRecord pair(int i) {
    return new GenericRecordBuilder(PAIR).set("number", i).set("text", "text " + i).build();
  }

  private static List<List<String>> rowsOfBlocks(int... blocks) {
    List<List<String>> rows = new ArrayList<>();
    for (int block : blocks) {
      for (int i = block * ROWS_A_BLOCK; i < (block + 1) * ROWS_A_BLOCK; i++) {
        rows.add(List.of(Integer.toString(i), "text " + i));
      }
    }
    return rows;
  }

  /** Where the blocks start, and the end of the file. */
  private static List<Long> starts(Path file) throws IOException {
    List<Long> starts = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      starts.add(reader.previousSync());
      while (reader.hasNext()) {
        reader.nextBlock();
        starts.add(reader.previousSync());
      }
    }
    return starts;
  }

  @Test
  void shouldFlattenLabelledImpressions() throws IOException {
    Path file = directory.resolve("labelled.avro");
    try (DataFileWriter<LabelledImpression> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(LabelledImpression.class))) {
      writer.create(LabelledImpression.getClassSchema(), file.toFile());
      writer.append(labelled("a", true, Map.of("hour", 7L, "tags", List.of("x", "y"))));
      writer.append(labelled("b", false, Map.of("price", 1.5, "country", "né;e")));
    }

    try (Rows rows = TableFiles.avro(file, AvroRowsTest::unexpected)) {
      assertThat(rows.columns())
          .startsWith("impression.impressionId", "impression.requestId")
          .containsSubsequence(
              "impression.features.country",
              "impression.features.hour",
              "impression.features.price",
              "impression.features.tags")
          .contains("impression.rows", "clicked", "firstClickTimestamp");
      List<List<String>> read = Tables.read(rows);
      assertThat(column(rows, read, "impression.impressionId")).containsExactly("a", "b");
      assertThat(column(rows, read, "impression.requestId")).containsExactly("", "");
      assertThat(column(rows, read, "impression.timestamp")).containsExactly("1000", "1000");
      assertThat(column(rows, read, "impression.features.country")).containsExactly("", "né;e");
      assertThat(column(rows, read, "impression.features.hour")).containsExactly("7", "");
      assertThat(column(rows, read, "impression.features.price")).containsExactly("", "1.5");
      assertThat(column(rows, read, "impression.features.tags")).containsExactly("x;y", "");
      assertThat(column(rows, read, "impression.rows")).containsExactly("4;5", "4;5");
      assertThat(column(rows, read, "clicked")).containsExactly("true", "false");
      assertThat(rows.progress()).isEqualTo(1);
    }
  }

  private static void unexpected(String problem) {
    throw new AssertionError(problem);
  }

  private static List<String> column(Rows rows, List<List<String>> read, String name) {
    return read.stream().map(row -> row.get(rows.columns().indexOf(name))).toList();
  }

  private static LabelledImpression labelled(
      String id, boolean clicked, Map<String, Object> features) {
    Impression impression =
        new Impression(
            id,
            null,
            "u",
            "i",
            Instant.ofEpochMilli(1000),
            1,
            null,
            features,
            null,
            null,
            null,
            List.of(4, 5));
    return LabelledImpression.newBuilder()
        .setImpression(impression)
        .setClicked(clicked)
        .setAttributionWindowMillis(1)
        .setCatalogFingerprint("f")
        .build();
  }

  @Test
  void shouldReadEveryKindOfCell() throws IOException {
    Schema colour = SchemaBuilder.enumeration("Colour").symbols("RED", "BLUE");
    Schema schema =
        SchemaBuilder.record("Row")
            .fields()
            .requiredFloat("float")
            .requiredInt("int")
            .optionalString("text")
            .name("colour")
            .type(colour)
            .noDefault()
            .name("inner")
            .type()
            .unionOf()
            .nullType()
            .and()
            .type(PAIR)
            .endUnion()
            .noDefault()
            .name("empty")
            .type()
            .array()
            .items()
            .stringType()
            .noDefault()
            .endRecord();
    GenericRecord record =
        new GenericRecordBuilder(schema)
            .set("float", 0.25f)
            .set("int", -3)
            .set("text", "a,\"b\"\n")
            .set("colour", new GenericData.EnumSymbol(colour, "BLUE"))
            .set("inner", null)
            .set("empty", List.of())
            .build();

    try (Rows rows = TableFiles.avro(write(record), AvroRowsTest::unexpected)) {
      assertThat(rows.columns())
          .containsExactly("float", "int", "text", "colour", "inner.number", "inner.text", "empty");
      assertThat(Tables.read(rows))
          .containsExactly(List.of("0.25", "-3", "a,\"b\"\n", "BLUE", "", "", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "zstandard"})
  void shouldPassOverACorruptBlock(String codec) throws IOException {
    Path file = write(PAIR, CodecFactory.fromString(codec), pairs());
    List<Long> starts = starts(file);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(
        bytes, Math.toIntExact(starts.get(2)) + 3, Math.toIntExact(starts.get(3)) - 30, (byte) -1);
    Files.write(file, bytes);
    List<String> problems = new ArrayList<>();

    try (Rows rows = TableFiles.avro(file, problems::add)) {
      assertThat(Tables.read(rows)).isEqualTo(rowsOfBlocks(0, 1, 3, 4));
      assertThat(rows.malformed()).isEqualTo(1);
    }
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem)
                    .startsWith(file + ": block at byte " + starts.get(2) + ": ")
                    .hasLineCount(1));
  }

  @Test
  void shouldReportAFileThatIsCutOff() throws IOException {
    Path file = write(PAIR, CodecFactory.nullCodec(), pairs());
    List<Long> starts = starts(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int lost : new int[] {1, 16, 17, 100}) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length - lost));
      List<String> problems = new ArrayList<>();
      try (Rows rows = TableFiles.avro(file, problems::add)) {
        assertThat(Tables.read(rows)).as("%d lost", lost).isEqualTo(rowsOfBlocks(0, 1, 2, 3));
      }
      assertThat(problems)
          .singleElement()
          .satisfies(
              problem -> assertThat(problem).startsWith(file + ": block at byte " + starts.get(4)));
    }
  }

  /** No single byte that is wrong costs more than its block, or the two that share a marker. */
  @Test
  void shouldSurviveAnyByteThatIsWrong() throws IOException {
    Path file = write(PAIR, CodecFactory.nullCodec(), pairs());
    int header = Math.toIntExact(starts(file).get(0));
    byte[] bytes = Files.readAllBytes(file);
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] wrong = bytes.clone();
      wrong[random.nextInt(header, bytes.length)] ^= (byte) random.nextInt(1, 256);
      Files.write(file, wrong);
      List<String> problems = new ArrayList<>();
      try (Rows rows = TableFiles.avro(file, problems::add)) {
        assertThat(Tables.read(rows))
            .as("seed %d", seed)
            .hasSizeGreaterThanOrEqualTo((BLOCKS - 2) * ROWS_A_BLOCK)
            .hasSizeLessThanOrEqualTo(BLOCKS * ROWS_A_BLOCK);
      }
      assertThat(problems).as("seed %d", seed).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void shouldRefuseWhatHasNoFormAsCells() throws IOException {
    Schema bytes = SchemaBuilder.record("Row").fields().requiredBytes("payload").endRecord();
    GenericRecord record =
        new GenericRecordBuilder(bytes).set("payload", ByteBuffer.wrap(new byte[1])).build();
    assertRefused(write(record), ": payload must be numbers", ", found bytes");

    Schema list =
        SchemaBuilder.record("Row")
            .fields()
            .name("pairs")
            .type()
            .array()
            .items(PAIR)
            .noDefault()
            .endRecord();
    assertRefused(
        write(new GenericRecordBuilder(list).set("pairs", List.of()).build()),
        ": pairs must be numbers",
        ", found record");

    Schema self =
        new Schema.Parser()
            .parse(
                """
        {"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]}
        """);
    assertRefused(
        write(new GenericRecordBuilder(self).set("next", null).build()),
        ": records must not hold themselves",
        ", found Node");
  }

  @Test
  void shouldRefuseWhatIsNoAvroFile() throws IOException {
    Path text = Files.writeString(directory.resolve("rows.avro"), "a,b\n1,2\n");
    assertRefused(text, ": must be an Avro container file", "");
    assertRefused(Files.write(text, new byte[0]), ": must be an Avro container file", "");
    Path missing = directory.resolve("none.avro");
    assertThatThrownBy(() -> TableFiles.avro(missing, problem -> {}))
        .isInstanceOf(TableException.class)
        .hasMessage("data must name a file, found " + missing);
  }

  private static void assertRefused(Path file, String rule, String found) {
    assertThatThrownBy(() -> TableFiles.avro(file, problem -> {}))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(file + rule)
        .hasMessageEndingWith(found)
        .message()
        .hasLineCount(1);
  }
}
