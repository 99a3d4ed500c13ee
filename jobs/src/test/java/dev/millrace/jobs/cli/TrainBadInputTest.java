package dev.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.jobs.training.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused is refused in one line and leaves nothing behind. */
class TrainBadInputTest {
  private static final String TRAIN = "train --network lr --epochs 1 --threads 1 ";

  @TempDir private static Path directory;
  private static Path data;
  private static Path bundle;

  @BeforeAll
  static void writeFiles() throws IOException {
    data = ClickTable.write(directory.resolve("clicks.csv"), 400, 5);
    String text = Files.readString(data);
    write("maybe.csv", text.replaceFirst("(?m)^(c.*),[01]$", "$1,maybe"));
    write("half.csv", text.replaceFirst("(?m)^(c.*),[01]$", "$1,0.5"));
    write("one.csv", text.replaceAll("(?m),[01]$", ",0"));
    write("headless.csv", text.replaceAll("(?m),[^,]*$", ""));
    write("empty.csv", text.lines().findFirst().orElseThrow() + "\n");
    String head = "name: bad\nembedding: {kind: unified, buckets: 64, dim: 4}\n";
    String city = "  - {name: city, kind: categorical, from: context}\n";
    write("duplicate.yaml", head + "fields:\n" + city + city);
    write("recursive.yaml", head + "fields: &all\n" + city + "  - *all\n");
    write("town.yaml", head + "fields:\n" + city.replace("city", "town"));
    write("small.yaml", head + "fields:\n" + city);
    write("no-ranking.csv", "field,score\ncity,1\n");
    write("broken.json", "{\"features\":[{\"feature\":");
    bundle = directory.resolve("good");
    CommandRun.of(TRAIN, "--data", data, "--out", bundle).requireSuccess();
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
--data D/maybe.csv         | D/maybe.csv: row 1: label label must be 0 or 1, found "maybe"
--data D/half.csv          | D/half.csv: row 1: label label must be 0 or 1, found "0.5"
--data D/one.csv           | training must have rows of both labels, found 400 of label 0 and 0 of label 1
--data D/empty.csv         | training must have a row, found none
--data D/headless.csv      | D/headless.csv: label label must have a column, found city, price, noise, user, time
--data D/absent.csv        | data must name a file or a folder, found none at D/absent.csv
--data D/clicks.csv --validation D/absent.csv | data must name a file or a folder, found none at D/absent.csv
--data D/clicks.csv --label click             | D/clicks.csv: label click must have a column, found city, price, noise, user, time, label
--data D/clicks.csv --catalog D/town.yaml     | D/clicks.csv: field town must have a column, found city, price, noise, user, time, label
--data D/clicks.csv --catalog D/duplicate.yaml | D/duplicate.yaml: fields[1].name must be unique, found city again
--data D/clicks.csv --catalog D/recursive.yaml | D/recursive.yaml:5: must be without YAML aliases, found *all
--data D/clicks.csv --format parquet          | --format must be one of csv, tsv, avro, criteo, avazu, movielens-1m, open-bandit, found parquet
--data D/clicks.csv --table-precision int4    | --table-precision must be float32, float16 or int8, found int4
--data D/clicks.csv --calibrate magic         | --calibrate must be none, platt or isotonic, found magic
--data D/clicks.csv --calibrate platt --split 0.9,0,0.1 | validation must have rows of both labels to calibrate on, found 0 of 0 with label 1
--data D/clicks.csv --split 0.5,0.6,0.1       | split must be shares >= 0 that add up to 1, the first above 0, found 0.5,0.6,0.1
--data D/clicks.csv --split a,b               | split must be three numbers like 0.8,0.1,0.1, found a,b
--data D/clicks.csv --split-by luck           | --split-by must be random, time or order, found luck
--data D/clicks.csv --split-by time           | time must name a column to split by it, found none
--data D/clicks.csv --split-by time --time city | D/clicks.csv: row 1: time city must be a whole number or ISO 8601 like 2024-05-31T12:00:00Z, found "c4"
--data D/clicks.csv --fields town             | --fields town: fields must be of [city, price, noise, user, time], found town
--data D/clicks.csv --fields top:2            | --fields top:K and --ranking must come together, found --fields top:2 without --ranking
--data D/clicks.csv --fields city --ranking D/no-ranking.csv | --fields top:K and --ranking must come together, found --fields city with --ranking
--data D/clicks.csv --ranking D/no-ranking.csv | --ranking must come with --fields top:K, found no --fields
--data D/clicks.csv --fields top:1 --ranking D/absent.csv | ranking must name a file, found none at D/absent.csv
--data D/clicks.csv --fields top:1 --ranking D/no-ranking.csv | D/no-ranking.csv: must have a column feature, found [field, score]
--data D/clicks.csv --optfs-rewind 1          | --optfs-rewind must come with --optfs, found none
--data D/clicks.csv --optfs --optfs-epochs 1  | optfs.epochs must be >= 2, found 1
--data D/clicks.csv --batch-size 0            | batchSize must be >= 1, found 0
--data D/clicks.csv --device tpu              | --device must be auto, cpu or gpu, found tpu
--data D/clicks.csv --row-updates some        | --row-updates must be lazy or all, found some
--data D/clicks.csv --option layers           | Value for option option '--option' (KEY=VALUE) should be in KEY=VALUE format but was layers
--data D/clicks.csv --work D/new/work         | --work must not be in --out, found D/new/work
--data D/clicks.csv --work D/maybe.csv        | --work must name a directory, found D/maybe.csv
--data D/clicks.csv --from-time 2026-01-01T00:00:00Z | --from-time must come with --bootstrap-servers, found --data
--bootstrap-servers localhost:1               | --bootstrap-servers must come with --catalog
--epochs 1                                    | one of --data and --bootstrap-servers must be given, found neither
""")
  void shouldRefuseInOneLineAndLeaveNothing(String options, String message) throws IOException {
    Set<String> before = files();
    String line = options.startsWith("--epochs") ? "train --network lr" : TRAIN;

    CommandRun run =
        CommandRun.of(
            line + " " + options.replace("D/", directory + "/"), "--out", directory.resolve("new"));

    // Before the refusal some tell what was read.
    assertThat(run.err().lines().toList()).last().isEqualTo(message.replace("D/", directory + "/"));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
transformer                    | --network transformer: network must be one of
autoint --option layers=0      | --network autoint: layers must be >= 1, found 0
autoint --option layers=many   | --network autoint: layers must be an integer, found 'many'
autoint --option depth=2       | --network autoint: option must be one of
lr --option layers=2           | --network lr: there must be no option, found layers
dcnv2 --option dropout=1.5     | --network dcnv2:
""")
  void shouldRefuseANetworkItDoesNotKnow(String network, String message) throws IOException {
    Set<String> before = files();
    CommandRun run =
        CommandRun.of(
            "train --network " + network, "--data", data, "--out", directory.resolve("new"));
    assertThat(run.err().lines()).singleElement().asString().startsWith(message);
    assertThat(run.code()).isEqualTo(2);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void shouldRefuseAWorkDirectoryThatAnotherTrainingHas() throws IOException {
    Path path = directory.resolve("taken");
    try (WorkDirectory work = new WorkDirectory(path)) {
      work.take();
      Set<String> before = files();
      CommandRun.of(TRAIN, "--data", data, "--out", directory.resolve("new"), "--work", path)
          .requireRefusal(
              "a work directory must be of one training at a time, found another in " + path);
      assertThat(files()).isEqualTo(before);
      work.clear();
    }
  }

  @Test
  void shouldNotWriteOverABundle() {
    CommandRun.of(TRAIN, "--data", data, "--out", bundle)
        .requireRefusal("--out must name a directory that does not exist, found " + bundle);
    CommandRun.of(TRAIN, "--data", data, "--out", data.resolve("bundle"))
        .requireRefusal("--out must name a directory that can be made, found " + data + "/bundle");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
evaluate --part best           | --part must be all, training, validation or test, found best
evaluate --bins 0              | bins must be in [1, 1000], found 0
evaluate --bootstrap 3         | replicates must be >= 40 for confidence 0.95, found 3
evaluate --threads 0           | --threads: intra-op-threads must be >= 1, found 0
evaluate --label town          | D/clicks.csv: label town must have a column, found city, price, noise, user, time, label
evaluate --group town          | D/clicks.csv: group town must have a column, found city, price, noise, user, time, label
evaluate --baseline D/absent   | D/absent/manifest.json must be a file, found none
evaluate --report D/no/r.html  | --report must name a file that can be written, found D/no/r.html
evaluate --time time           | --time must come with --part, found --part all
score --out D/s.csv --label label | Unknown options: '--label', 'label'
score --out D/no/s.csv         | --out must name a file that can be written, found D/no/s.csv
score --out D/clicks.csv       | --out must name another file than --data, found D/clicks.csv
""")
  void shouldRefuseToMeasureOrScoreInOneLine(String command, String message) throws IOException {
    Set<String> before = files();
    CommandRun.of(command.replace("D/", directory + "/"), "--data", data, "--bundle", bundle)
        .requireRefusal(message.replace("D/", directory + "/"));
    assertThat(files()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"evaluate --bootstrap 0", "score --out D/scores.csv"})
  void shouldRefuseABundleOfAnotherCatalogueOrACutOne(String command) throws IOException {
    String line = command.replace("D/", directory + "/");
    Path catalog = directory.resolve("small.yaml");
    CommandRun other =
        CommandRun.of(line, "--data", data, "--bundle", bundle, "--catalog", catalog);
    assertThat(other.err().lines())
        .singleElement()
        .asString()
        .startsWith("catalogFingerprint of " + bundle + " must be ");
    assertThat(other.code()).isEqualTo(2);

    Path cut = directory.resolve("cut");
    Files.createDirectory(cut);
    for (String name : bundle.toFile().list()) {
      byte[] bytes = Files.readAllBytes(bundle.resolve(name));
      int length = name.equals("model.onnx") ? bytes.length / 2 : bytes.length;
      Files.write(cut.resolve(name), Arrays.copyOf(bytes, length));
    }
    CommandRun truncated = CommandRun.of(line, "--data", data, "--bundle", cut);
    for (String name : cut.toFile().list()) {
      Files.delete(cut.resolve(name));
    }
    Files.delete(cut);
    assertThat(truncated.err().lines())
        .singleElement()
        .asString()
        .startsWith("SHA-256 of " + cut + "/model.onnx must be ");
    assertThat(truncated.code()).isEqualTo(2);
    assertThat(directory.resolve("scores.csv")).doesNotExist();
  }

  @Test
  void shouldKeepEarlierScoresWhereRowsCannotBeScored() throws IOException {
    Path scores = Files.writeString(directory.resolve("earlier.csv"), "row,score\n");
    Set<String> before = files();
    Path bad = Files.writeString(directory.resolve("prices.csv"), withLastPrice(data, "dear"));

    CommandRun.of("score", "--data", bad, "--bundle", bundle, "--out", scores)
        .requireRefusal(bad + ": row 400: field price must be a finite number, found \"dear\"");

    Files.delete(bad);
    assertThat(scores).hasContent("row,score\n");
    assertThat(files()).isEqualTo(before);
    Files.delete(scores);
  }

  /** The file with another price in its last row. */
  private static String withLastPrice(Path file, String price) throws IOException {
    return Files.readString(file)
        .stripTrailing()
        .replaceFirst("(c\\d),[^,\\n]*(,[^\\n]*)$", "$1," + price + "$2");
  }
}
