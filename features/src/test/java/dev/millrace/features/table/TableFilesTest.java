package dev.millrace.features.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableFilesTest {
  private static final String TEXT = "a;b\n1;2\n3;4\n";
  private static final List<List<String>> ROWS = List.of(List.of("1", "2"), List.of("3", "4"));

  @TempDir private Path directory;

  private static List<List<String>> read(Path file) throws IOException {
    try (Rows rows = TableFiles.delimited(file, ';', problem -> {})) {
      return Tables.read(rows);
    }
  }

  @Test
  void shouldReadPlainGzipAndZstdWhateverTheName() throws IOException {
    Path plain = Files.writeString(directory.resolve("plain.gz"), TEXT);
    Path gzip = directory.resolve("gzip.csv");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }
    Path zstd = directory.resolve("zstd");
    try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
      out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read(plain)).isEqualTo(ROWS);
    assertThat(read(gzip)).isEqualTo(ROWS);
    assertThat(read(zstd)).isEqualTo(ROWS);
  }

  @Test
  void shouldReadCriteoWhichHasNoHeader() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("criteo"), "1" + "\t7".repeat(13) + "\tc".repeat(26) + "\n0\n");
    List<String> problems = new ArrayList<>();
    try (Rows rows = TableFiles.criteo(file, problems::add)) {
      assertThat(rows.columns()).hasSize(40).startsWith("label", "I1").endsWith("C26");
      assertThat(Tables.read(rows))
          .hasSize(1)
          .allSatisfy(row -> assertThat(row).startsWith("1", "7").endsWith("c"));
    }
    assertThat(problems).containsExactly(file + ":2: cells must be 40, found 1");
  }

  @Test
  void shouldReadAvazuWithAndWithoutItsHeader() throws IOException {
    String row = "1,0,14102100" + ",x".repeat(21) + "\n";
    String header =
        "id,click,hour,C1,banner_pos,site_id,site_domain,site_category,app_id,app_domain,"
            + "app_category,device_id,device_ip,device_model,device_type,device_conn_type,"
            + "C14,C15,C16,C17,C18,C19,C20,C21\n";
    Path with = Files.writeString(directory.resolve("with.csv"), header + row);
    Path without = Files.writeString(directory.resolve("without.csv"), row);
    for (Path file : List.of(with, without)) {
      try (Rows rows = TableFiles.avazu(file, problem -> {})) {
        assertThat(String.join(",", rows.columns()) + "\n").isEqualTo(header);
        assertThat(Tables.read(rows))
            .satisfiesExactly(cells -> assertThat(cells).startsWith("1", "0", "14102100"));
      }
    }
  }

  @Test
  void shouldPassOverRowsWithoutAValue() throws IOException {
    Path file = Files.writeString(directory.resolve("gaps.csv"), "a,b\n1,\n2,x\n,y\n");
    try (Rows rows = new CompleteRows(TableFiles.delimited(file, ',', problem -> {}), "b")) {
      assertThat(rows.columns()).containsExactly("a", "b");
      assertThat(Tables.read(rows)).containsExactly(List.of("2", "x"), List.of("", "y"));
    }
    try (Rows rows = TableFiles.delimited(file, ',', problem -> {})) {
      assertThatThrownBy(() -> new CompleteRows(rows, "c"))
          .isInstanceOf(TableException.class)
          .hasMessage(file + ": column c must be there to drop rows without it, found a, b");
    }
  }

  @Test
  void shouldTellHowMuchOfTheFileIsRead() throws IOException {
    Path file = Files.writeString(directory.resolve("rows.csv"), TEXT);
    try (Rows rows = TableFiles.delimited(file, ';', problem -> {})) {
      while (rows.next()) {
        assertThat(rows.progress()).isBetween(0.0, 1.0);
      }
      assertThat(rows.progress()).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseWhatIsNoFile() {
    assertThatThrownBy(() -> read(directory))
        .isInstanceOf(TableException.class)
        .hasMessage("data must name a file, found " + directory);
  }

  @Test
  void shouldFailOnACutGzipFile() throws IOException {
    Path gzip = directory.resolve("cut.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write("a;b\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = Files.readAllBytes(gzip);
    Files.write(gzip, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> read(gzip))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(gzip + ": ");
    Files.write(gzip, new byte[] {0x1F, (byte) 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertThatThrownBy(() -> read(gzip))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(gzip + ": ");
  }
}
