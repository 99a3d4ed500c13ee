package dev.millrace.features.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DelimitedRowsTest {
  private final List<String> problems = new ArrayList<>();

  private List<List<String>> read(String text) throws IOException {
    return Tables.read(Tables.csv(text, Integer.MAX_VALUE, problems::add));
  }

  @Test
  void shouldReadCellsAsTheyStand() throws IOException {
    assertThat(read("a,b,c\n1,,x y\n,-2.5,ž{}\n"))
        .containsExactly(List.of("1", "", "x y"), List.of("", "-2.5", "ž{}"));
    assertThat(problems).isEmpty();
  }

  @Test
  void shouldTakeOffQuotes() throws IOException {
    assertThat(read("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\n"))
        .containsExactly(List.of("x,y", "say \"hi\""), List.of("two\nlines", ""));
  }

  @Test
  void shouldKeepAQuoteInsideACell() throws IOException {
    assertThat(read("a,b\n5\",6\"x\n")).containsExactly(List.of("5\"", "6\"x"));
  }

  @Test
  void shouldReadLinesThatEndWithAReturnAndALastLineThatDoesNotEnd() throws IOException {
    assertThat(read("a,b\r\n1,2\r\n\"3\",\"4\"\r\n5,\"6\""))
        .containsExactly(List.of("1", "2"), List.of("3", "4"), List.of("5", "6"));
  }

  @Test
  void shouldPassOverEmptyLinesAndAByteOrderMark() throws IOException {
    Rows rows = Tables.csv("\uFEFFa,b\n\n1,2\n\r\n\n3,4\n\n");
    assertThat(rows.columns()).containsExactly("a", "b");
    assertThat(Tables.read(rows)).containsExactly(List.of("1", "2"), List.of("3", "4"));
  }

  @Test
  void shouldTakeAnEmptyLineInQuotesForARow() throws IOException {
    assertThat(read("a\n\"\"\nx\n")).containsExactly(List.of(""), List.of("x"));
  }

  @Test
  void shouldLeaveOutRowsWithOtherNumbersOfCells() throws IOException {
    assertThat(read("a,b\n1,2\n1\n1,2,3\n4,5\n"))
        .containsExactly(List.of("1", "2"), List.of("4", "5"));
    assertThat(problems)
        .containsExactly(
            "rows.csv:3: cells must be 2, found 1", "rows.csv:4: cells must be 2, found 3");
  }

  @Test
  void shouldGoOnAfterTheLineOfABrokenQuote() throws IOException {
    assertThat(read("a,b\n\"1\"x,2\n3,4\n\"5,6\n7,8\n"))
        .containsExactly(List.of("3", "4"), List.of("7", "8"));
    assertThat(problems)
        .containsExactly(
            "rows.csv:2: a closing quote must end its cell, found \"x\" after it",
            "rows.csv:4: a quote must close, found the end of the file");
  }

  @Test
  void shouldReadTheLinesThatAStrayQuoteSwallowed() throws IOException {
    assertThat(read("a,b\n\"1,2\n3,4\n5,6\"\n7,8\n"))
        .containsExactly(List.of("3", "4"), List.of("5", "6\""), List.of("7", "8"));
    assertThat(problems).containsExactly("rows.csv:2: cells must be 2, found 1");
  }

  @Test
  void shouldCountTheLinesInsideQuotes() throws IOException {
    assertThat(read("a,b\n\"x\ny\nz\",1\nbad\n2,3\n")).hasSize(2);
    assertThat(problems).containsExactly("rows.csv:5: cells must be 2, found 1");
  }

  @Test
  void shouldGiveUpOnAQuoteThatStaysOpenForMegabytes() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n\"open,1\n");
    for (int row = 0; row < 1_000_000; row++) {
      text.append("22,333\n");
    }
    assertThat(read(text.toString())).hasSize(1_000_000);
    assertThat(problems)
        .containsExactly("rows.csv:2: a row must end within 4194304 bytes, found an open one");
  }

  @Test
  void shouldTakeNoPartOfALineThatIsTooLongForARow() throws IOException {
    String text = "a,b\n1,2\n" + "x".repeat(9_000_000) + ",3\n4\n5,6\n";

    assertThat(read(text)).containsExactly(List.of("1", "2"), List.of("5", "6"));
    assertThat(problems)
        .containsExactly(
            "rows.csv:3: a row must end within 4194304 bytes, found an open one",
            "rows.csv:4: cells must be 2, found 1");
    assertThat(read("a,b\n1,2\n" + "x".repeat(9_000_000) + ",3")).hasSize(1);
  }

  @Test
  void shouldSpellOutAByteThatIsNoCharacter() throws IOException {
    read("a,b\n\"x\"ž,1\n\"x\"\r1,1\n");
    assertThat(problems)
        .containsExactly(
            "rows.csv:2: a closing quote must end its cell, found byte 0xC5 after it",
            "rows.csv:3: a closing quote must end its cell, found byte 0x0D after it");
  }

  @ParameterizedTest
  @ValueSource(chars = {'"', '\n', '\r', '§', '、'})
  void shouldRefuseADelimiterThatNoByteIs(char delimiter) {
    InputStream in = InputStream.nullInputStream();
    assertThatThrownBy(
            () -> new DelimitedRows("rows.csv", in, delimiter, List.of(), () -> 0, problems::add))
        .isInstanceOf(TableException.class)
        .hasMessage(
            "delimiter must be an ASCII character, neither a quote nor a line end, found U+%04X",
            (int) delimiter);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64})
  void shouldReadTheSameHoweverTheBytesArrive(int piece) throws IOException {
    long seed = 71L + piece;
    SplittableRandom random = new SplittableRandom(seed);
    String[] values = {"", "x", "a,b", "q\"q", "\"", "two\nlines", "12345678", "ž", "\r\n", "{}"};
    StringBuilder text = new StringBuilder("a,b,c\n");
    List<List<String>> written = new ArrayList<>();
    for (int row = 0; row < 300; row++) {
      List<String> cells = new ArrayList<>();
      for (int cell = 0; cell < 3; cell++) {
        cells.add(values[random.nextInt(values.length)]);
      }
      written.add(cells);
      text.append(String.join(",", cells.stream().map(DelimitedRowsTest::quoted).toList()));
      text.append(random.nextBoolean() ? "\n" : "\r\n");
    }
    Rows rows = Tables.csv(text.toString(), piece, problems::add);

    assertThat(Tables.read(rows)).as("seed %d", seed).isEqualTo(written);
    assertThat(problems).isEmpty();
  }

  private static String quoted(String value) {
    return value.matches("[a-z0-9ž{}]+") ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  @Test
  void shouldRefuseAFileWithoutAUsableHeader() {
    assertThatThrownBy(() -> Tables.csv(""))
        .hasMessage("rows.csv:1: must have a header line, found nothing");
    assertThatThrownBy(() -> Tables.csv("a,b,a\n1,2,3\n"))
        .hasMessage("rows.csv:1: column names must be unique, found \"a\" twice");
  }
}
