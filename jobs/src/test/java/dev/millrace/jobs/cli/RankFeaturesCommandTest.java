package dev.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RankFeaturesCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;
  private Path data;

  /** A click rate that the city decides, a field without information, and a number. */
  @BeforeEach
  void writeRows() throws IOException {
    SplittableRandom random = new SplittableRandom(17);
    StringBuilder text = new StringBuilder("city,noise,price,click\n");
    for (int row = 0; row < 3_000; row++) {
      int city = random.nextInt(4);
      int click = random.nextDouble() < 0.1 + 0.2 * city ? 1 : 0;
      text.append("c%d,n%d,%d,%d%n".formatted(city, random.nextInt(30), random.nextInt(9), click));
    }
    data = Files.writeString(directory.resolve("rows.csv"), text);
  }

  private int execute(String... arguments) {
    List<String> all = new ArrayList<>(List.of("rank-features"));
    all.addAll(List.of(arguments));
    CommandLine commandLine = Millrace.commandLine(all.toArray(String[]::new));
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(all.toArray(String[]::new));
  }

  @Test
  void shouldRankAFileAsTableCsvJsonAndReport() throws IOException {
    Path csv = directory.resolve("ranks.csv");
    Path report = directory.resolve("report.html");

    assertThat(
            execute(
                "--data",
                data.toString(),
                "--label",
                "click",
                "--pairs",
                "--out",
                csv.toString(),
                "--report",
                report.toString(),
                "--json"))
        .isZero();

    assertThat(err.toString()).isEmpty();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0)).contains("3,000 rows");
    JsonNode json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(json.get("rows").asLong()).isEqualTo(3_000);
    assertThat(json.get("label").asText()).isEqualTo("click");
    assertThat(json.get("features").get(0).get("feature").asText()).isEqualTo("city");
    assertThat(json.get("features").get(0).get("score").asDouble()).isGreaterThan(0.05);
    assertThat(json.get("features").get(0).get("cardinality").asLong()).isEqualTo(4);
    assertThat(json.get("pairs")).hasSize(3);
    assertThat(json.get("pairs").get(0).get("features").toString()).contains("city");
    assertThat(Files.readAllLines(csv)).hasSize(4).element(1).asString().startsWith("city,");
    assertThat(Files.readString(report)).startsWith("<!DOCTYPE html>").contains("city");
  }

  @Test
  void shouldCountMalformedRowsOrRefuseThem() throws IOException {
    Files.writeString(data, Files.readString(data) + "c1,n1\n".repeat(7));

    assertThat(execute("--data", data.toString(), "--label", "click")).isZero();
    assertThat(err.toString().lines())
        .hasSize(6)
        .contains("left out " + data + ":3002: cells must be 4, found 2")
        .endsWith("left out 7 malformed rows in all");

    err.getBuffer().setLength(0);
    assertThat(execute("--data", data.toString(), "--label", "click", "--strict")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("rank-features failed: " + data + ":3002: cells must be 4, found 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
--label clicked              | label must be one of the columns [city, noise, price, click], found clicked
--baseline exact             | --baseline must be expected, shifted or none, found exact
--pairs best                 | --pairs must be all or top:K, found best
--pairs top:1                | top must be >= order, found 1
--order 4                    | order must be 1, 2 or 3, found 4
--order 1 --pairs            | --order must be 2 or 3 with --pairs, found 1
--significance 1             | significance must be in (0,1), found 1.0
--exclude town               | exclude must name columns, found town
--sub-features city          | --sub-features must be like A->B or A<->B, found city
--format parquet             | --format must be one of csv, tsv, avro, criteo, avazu, movielens-1m, open-bandit, found parquet
--delimiter §                | delimiter must be an ASCII character, neither a quote nor a line end, found U+00A7
--format tsv --delimiter ;   | --delimiter must come with --format csv, found tsv
--max-rows 10                | --max-rows must come with --bootstrap-servers, found --data
--catalog catalog.yaml       | --catalog must come with --bootstrap-servers, found --data
--top 0                      | --top must be >= 1, found 0
--out no/such/ranks.csv      | --out must name a file that can be written, found no/such/ranks.csv
--report .                   | --report must name a file that can be written, found .
--out x.csv --out-pairs ./x.csv | --out-pairs must name another file than --out, found ./x.csv
--delimiter ab               | Invalid value for option '--delimiter': 'ab' is not a single character
""")
  void shouldSayOneLineAndExitWithTwo(String arguments, String message) {
    List<String> all = new ArrayList<>(List.of("--data", data.toString()));
    all.addAll(List.of(arguments.trim().split(" +")));
    if (!all.contains("--label")) {
      all.addAll(List.of("--label", "click"));
    }

    assertThat(execute(all.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly(message);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldNotWriteOverItsData() throws IOException {
    String before = Files.readString(data);

    assertThat(execute("--data", data.toString(), "--label", "click", "--out", data.toString()))
        .isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("--out must name another file than --data, found " + data);
    assertThat(Files.readString(data)).isEqualTo(before);
  }

  @Test
  void shouldSayWhichFileCouldNotBeWritten() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "only where the system has a device that is always full");

    assertThat(execute("--data", data.toString(), "--label", "click", "--out", full.toString()))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "rank-features failed: /dev/full must be writable, found No space left on device");
  }

  @Test
  void shouldSayOneLineWhateverTheHeaderHolds() throws IOException {
    Files.writeString(data, "a\u001b[1m,\"two\nlines\"\n1,2\n");

    assertThat(execute("--data", data.toString(), "--label", "click")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("label must be one of the columns [a?[1m, two?lines], found click");
  }

  @Test
  void shouldSayWhichFieldsAreInNoPair() {
    assertThat(
            execute("--data", data.toString(), "--label", "click", "--pairs", "--max-values", "16"))
        .isZero();
    assertThat(err.toString().lines())
        .containsExactly("left out of pairs, having more than --max-values: noise");
  }

  @Test
  void shouldTakeASymbolTwice() {
    assertThat(execute("--data", data.toString(), "--label", "click", "--missing", "NA,NA,"))
        .isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void shouldAskForAFile() {
    assertThat(execute("--label", "click")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("one of --data and --bootstrap-servers must be given, found neither");
    err.getBuffer().setLength(0);
    assertThat(execute("--data", directory.resolve("absent.csv").toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly("data must name a file, found " + directory.resolve("absent.csv"));
  }
}
