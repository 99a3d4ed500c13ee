package dev.millrace.models.examples;

import static dev.millrace.models.examples.Examples.firstRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExampleFileTest {
  private static final long SEED = 5;

  @TempDir private Path directory;

  private ExampleFile write(ExampleWriter writer, int size) throws IOException {
    try (writer) {
      for (int i = 0; i < size; i++) {
        writer.add(new int[] {i}, null, i >= size / 2);
      }
      return writer.finish();
    }
  }

  private ExampleFile plain(int size) throws IOException {
    return write(ExampleFile.create(file(), shape(size)), size);
  }

  private ExampleFile shuffled(int size, long seed) throws IOException {
    return write(ExampleFile.createShuffled(file(), shape(size), size, seed), size);
  }

  private static ExampleShape shape(int size) {
    return new ExampleShape(1, false, Math.max(1, size));
  }

  private Path file() {
    return directory.resolve("x.examples");
  }

  private List<String> filesLeft() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void shouldGiveBackWeightsRowsAndLabels() throws IOException {
    try (ExampleWriter writer = ExampleFile.create(file(), new ExampleShape(2, true, 9))) {
      writer.add(new int[] {0, 8}, new float[] {1, 0.25f}, true);
      writer.add(new int[] {7, 3}, new float[] {0, -1}, false);
      writer.finish();
    }
    ExampleBuffer read = new ExampleBuffer(2);
    try (ExampleReader reader = ExampleFile.open(file()).open()) {
      assertThat(reader.read(read, 5)).isEqualTo(2);
      assertThat(reader.read(read, 5)).isZero();
    }

    assertThat(IntStream.range(0, 4).map(read.rows()::get)).containsExactly(0, 8, 7, 3);
    assertThat(read.weights().get(1)).isEqualTo(0.25f);
    assertThat(read.weights().get(3)).isEqualTo(-1);
    assertThat(read.labels().get(0)).isEqualTo(1);
    assertThat(read.labels().get(1)).isZero();
    assertThat(ExampleFile.open(file()).shape()).isEqualTo(new ExampleShape(2, true, 9));
  }

  /** 100,000 examples of 5 bytes are two buffers. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 100_000})
  void shouldReadInOrderFromAnyPlace(int size) throws IOException {
    ExampleFile file = plain(size);
    ExampleReader reader = file.open();
    reader.read(new ExampleBuffer(1), 10);
    reader.seek(size / 3);

    assertThat(file.count()).isEqualTo(size);
    assertThat(firstRows(file.open(), 777)).isEqualTo(IntStream.range(0, size).boxed().toList());
    assertThat(firstRows(reader, 777)).isEqualTo(IntStream.range(size / 3, size).boxed().toList());
    file.verify();
  }

  /** What is on disk is a format: a change of these bytes needs another version. */
  @Test
  void shouldKeepItsBytesFromReleaseToRelease() throws IOException {
    try (ExampleWriter writer = ExampleFile.create(file(), new ExampleShape(1, true, 300))) {
      writer.add(new int[] {258}, new float[] {1}, true);
      writer.finish();
    }
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(file())))
        .startsWith(
            "4d524558"
                + "01000000"
                + "01000000"
                + "01000000"
                + "0100000000000000"
                + "2c01000000000000")
        .endsWith("02010000" + "0000803f" + "01")
        .hasSize(2 * (40 + 9));
  }

  @Test
  void shouldShuffleByTheSeed() throws IOException {
    List<Integer> order = firstRows(shuffled(2_000, SEED).open(), 64);

    assertThat(order).as("seed %d", SEED).isEqualTo(firstRows(shuffled(2_000, SEED).open(), 64));
    assertThat(order).isNotEqualTo(firstRows(shuffled(2_000, SEED + 1).open(), 64));
    assertThat(order)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2_000).boxed().toList());
    assertThat(filesLeft()).containsExactly("x.examples");
  }

  /**
   * Written in the order of the label, in piles. The share of ones among the first n of N examples
   * of a uniform shuffle has a standard deviation of {@code sqrt(0.25 / n * (1 - n / N))}: 0.0151
   * for n = 1,000 and N = 11,000. And the number of neighbours in order, 2 at most here, is Poisson
   * of mean 1.
   */
  @Test
  void shouldShuffleInPilesAsUniformlyAsInMemory() throws IOException {
    int size = 11_000;
    // Of so many expected, each gets its own pile; so few come that all are small.
    long expected = 40L * ShufflingWriter.PILE_BYTES / 5;
    ExampleFile file = write(ExampleFile.createShuffled(file(), shape(size), expected, SEED), size);
    List<Integer> order = firstRows(file.open(), 64);
    long ones = order.subList(0, 1_000).stream().filter(row -> row >= size / 2).count();
    long ascending =
        IntStream.range(1, size).filter(i -> order.get(i) == order.get(i - 1) + 1).count();

    assertThat(ones / 1_000.0).as("seed %d", SEED).isBetween(0.44, 0.56);
    assertThat(ascending).as("seed %d", SEED).isLessThanOrEqualTo(6);
    assertThat(order).doesNotHaveDuplicates().hasSize(size);
  }

  @Test
  void shouldLeaveNothingBehindUnlessItIsFinished() throws IOException {
    for (ExampleWriter writer :
        List.of(
            ExampleFile.create(file(), shape(9)),
            ExampleFile.createShuffled(directory.resolve("y"), shape(9), 9, SEED))) {
      try (writer) {
        writer.add(new int[] {1}, null, true);
      }
    }
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void shouldRefuseAnExampleThatBreaksItsShapeAndStayAsItWas() throws IOException {
    for (ExampleWriter writer :
        List.of(
            ExampleFile.create(file(), new ExampleShape(1, true, 3)),
            ExampleFile.createShuffled(
                directory.resolve("y"), new ExampleShape(1, true, 3), 1, SEED))) {
      try (writer) {
        assertThatThrownBy(() -> writer.add(new int[] {3}, new float[] {1}, true))
            .hasMessage("rows[0] must be in 0..2, found 3");
        assertThatThrownBy(() -> writer.add(new int[] {1}, new float[] {Float.NaN}, true))
            .hasMessage("weights[0] must be finite, found NaN");
        writer.add(new int[] {2}, new float[] {1}, true);
        assertThat(firstRows(writer.finish().open(), 5)).containsExactly(2);
      }
    }
    assertThatThrownBy(() -> new ExampleShape(0, true, 3)).hasMessageContaining("found 0");
    assertThatThrownBy(() -> new ExampleShape(1, true, 0))
        .hasMessage("tableRows must be >= 1, found 0");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, head must be 40 bytes",
    "39, 0, head must be 40 bytes",
    "44, 0, must hold 3 examples of 5 bytes",
    "54, 0, must hold 3 examples of 5 bytes",
    "50, 0, must hold 3 examples of 5 bytes",
    "55, 1, must be an example file",
    "55, 5, version must be 1",
    "55, 9, head must be sound",
    "55, 13, flags must be 0 or 1",
    "55, 17, must hold",
  })
  void shouldRefuseAFileThatIsCutOrForeign(int length, int changed, String rule)
      throws IOException {
    plain(3);
    byte[] bytes = Arrays.copyOf(Files.readAllBytes(file()), length);
    if (changed > 0) {
      Arrays.fill(bytes, changed - 1, changed + 3, (byte) 0x7F);
    }
    Files.write(file(), bytes);

    assertThatThrownBy(() -> ExampleFile.open(file()))
        .isInstanceOf(ExampleException.class)
        .hasMessageStartingWith(file() + ": " + rule)
        .hasMessageContaining(", found ");
  }

  @Test
  void shouldFindAByteThatChanged() throws IOException {
    plain(3);
    byte[] bytes = Files.readAllBytes(file());
    bytes[50] ^= 4;
    Files.write(file(), bytes);

    assertThatThrownBy(() -> ExampleFile.open(file()).verify())
        .isInstanceOf(ExampleException.class)
        .hasMessageStartingWith(file() + ": CRC-32C must be ");
  }
}
