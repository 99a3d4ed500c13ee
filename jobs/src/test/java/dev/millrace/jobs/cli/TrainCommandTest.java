package dev.millrace.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.models.evaluate.BinaryMetrics;
import dev.millrace.models.network.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Train, evaluate and score on a small file, with ONNX Runtime and the engine. */
class TrainCommandTest {
  private static final String QUICK = "--threads 1 --batch-size 128";

  @TempDir private Path directory;
  private Path data;
  private Path bundle;

  @BeforeEach
  void writeRows() throws IOException {
    data = ClickTable.write(directory.resolve("clicks.csv"), 3_000, 5);
    bundle = directory.resolve("bundle");
  }

  private CommandRun train(String options) {
    return CommandRun.of(
        "train --learning-rate 0.02 " + QUICK + " " + options, "--data", data, "--out", bundle);
  }

  @Test
  void shouldMeasureInEvaluateAndScoreWhatItMeasuredInTraining() throws IOException {
    JsonNode trained = train("--network fm --epochs 3 --json").requireSuccess().json();
    assertThat(trained.get("model").asText()).isEqualTo("fm");
    assertThat(trained.get("bundle").asText()).isEqualTo(bundle.toString());
    assertThat(trained.get("parameters").asLong()).isPositive();
    assertThat(trained.get("train").get("seconds").asDouble()).isPositive();
    assertThat(trained.get("train").get("rows").asLong()).isBetween(2_300L, 2_500L);
    assertThat(trained.get("validation").get("auc").asDouble()).isGreaterThan(0.65);
    assertThat(directory.resolve("bundle.training")).doesNotExist();

    JsonNode test = evaluate("--part test --bootstrap 100").json();
    assertThat(test.get("rows")).isEqualTo(trained.get("test").get("rows"));
    for (String metric : List.of("auc", "logLoss", "calibration")) {
      assertThat(test.get(metric).asDouble())
          .as(metric)
          .isCloseTo(trained.get("test").get(metric).asDouble(), within(1e-5));
    }

    Path scores = directory.resolve("scores.csv");
    JsonNode scored =
        CommandRun.of("score --json", "--data", data, "--bundle", bundle, "--out", scores)
            .requireSuccess()
            .json();
    assertThat(scored.get("rows").asLong()).isEqualTo(3_000);
    assertThat(scored.get("provider").asText()).isEqualTo("cpu");
    assertThat(scored.get("seconds").asDouble()).isPositive();
    assertThat(aucOf(scores))
        .isCloseTo(evaluate("--bootstrap 0").json().get("auc").asDouble(), within(1e-9));
  }

  private CommandRun evaluate(String options) {
    return CommandRun.of("evaluate --json " + options, "--data", data, "--bundle", bundle)
        .requireSuccess();
  }

  private double aucOf(Path scores) throws IOException {
    List<String> rows = Files.readAllLines(data);
    List<String> lines = Files.readAllLines(scores);
    assertThat(lines).hasSize(3_001).first().isEqualTo("row,score");
    float[] probabilities = new float[3_000];
    float[] labels = new float[3_000];
    for (int i = 0; i < labels.length; i++) {
      String[] line = lines.get(i + 1).split(",", -1);
      assertThat(line[0]).isEqualTo(Integer.toString(i));
      probabilities[i] = Float.parseFloat(line[1]);
      labels[i] = rows.get(i + 1).endsWith("1") ? 1 : 0;
    }
    return BinaryMetrics.of(probabilities, labels).auc().orElseThrow();
  }

  @Test
  void shouldWarnWhereRowsWereTrainedOn() {
    train("--network lr --epochs 1").requireSuccess();
    assertThat(evaluate("--bootstrap 0").err().lines())
        .containsExactly(
            "%s was trained on rows of %s: --part test measures it on those that it has not seen"
                .formatted(bundle, data));
    assertThat(evaluate("--part test --bootstrap 0").err()).isEmpty();
  }

  @Test
  void shouldCompareWithABaseline() throws IOException {
    train("--network lr --epochs 1 --fields noise").requireSuccess();
    Path weak = Files.move(bundle, directory.resolve("weak"));
    train("--network lr --epochs 3").requireSuccess();
    Path report = directory.resolve("report.html");

    CommandRun run =
        CommandRun.of(
                "evaluate --part test --group user --bootstrap 100 --json",
                "--data",
                data,
                "--bundle",
                bundle,
                "--baseline",
                weak,
                "--report",
                report)
            .requireSuccess();
    assertThat(run.err()).as("both were trained on the same rows").isEmpty();
    assertThat(run.json().get("auc").asDouble()).isGreaterThan(0.65);
    assertThat(run.out()).contains("better");
    assertThat(Files.readString(report)).startsWith("<!DOCTYPE html>");

    Files.move(weak, directory.resolve("first"));
    Path candidate = Files.move(bundle, directory.resolve("candidate"));
    train("--network lr --epochs 1 --seed 2").requireSuccess();
    assertThat(
            CommandRun.of(
                    "evaluate --part test --bootstrap 0",
                    "--data",
                    data,
                    "--bundle",
                    candidate,
                    "--baseline",
                    bundle)
                .requireSuccess()
                .err()
                .lines())
        .containsExactly(
            bundle
                + " was trained on other rows than "
                + candidate
                + ": it may have seen rows of the test part");
  }

  static Stream<String> networks() {
    return Networks.names().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldTrainAndPackEveryNetwork(String network) {
    JsonNode json = train("--epochs 1 --json --network " + network).requireSuccess().json();
    assertThat(json.get("model").asText()).isEqualTo(network);
    assertThat(json.get("parity").asDouble()).isLessThanOrEqualTo(1e-5);
    assertThat(evaluate("--part test --bootstrap 0").json().get("auc").asDouble())
        .isCloseTo(json.get("test").get("auc").asDouble(), within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16", "int8", "float16 --external-tables", "int8 --external-tables"})
  void shouldStoreTheTablesSmaller(String precision) {
    JsonNode json =
        train("--network fm --epochs 1 --json --table-precision " + precision)
            .requireSuccess()
            .json();
    JsonNode tables = json.get("tables");
    assertThat(tables.get("bytes").asLong()).isLessThan(tables.get("float32Bytes").asLong());
    assertThat(tables.get("auc").asDouble())
        .isCloseTo(tables.get("float32Auc").asDouble(), within(0.01));
    assertThat(json.get("parity").asDouble()).isLessThanOrEqualTo(1e-5);
    assertThat(Files.exists(bundle.resolve("model.tables"))).isEqualTo(precision.contains(" "));
    evaluate("--part test --bootstrap 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"platt", "isotonic"})
  void shouldCalibrateWhatIsHardlyTrained(String method) {
    // After so few steps logits lie within some hundredths, far closer than the click rates.
    JsonNode json =
        CommandRun.of(
                "train --network fm --epochs 1 --json --calibrate " + method + " " + QUICK,
                "--data",
                data,
                "--out",
                bundle)
            .requireSuccess()
            .json();
    assertThat(json.get("calibration").get("method").asText()).isEqualTo(method);
    assertThat(json.get("validation").get("calibration").asDouble()).isCloseTo(1, within(0.02));
    assertThat(json.get("parity").asDouble()).isLessThanOrEqualTo(1e-5);
    assertThat(evaluate("--part validation --bootstrap 0").json().get("calibration").asDouble())
        .isCloseTo(1, within(0.02));
  }

  @Test
  void shouldCutWhatOptFsFindsUseless() {
    JsonNode optFs =
        train(
                "--network fm --epochs 2 --optfs --optfs-epochs 4 --optfs-temperature 2000"
                    + " --optfs-penalty 0.003 --json")
            .requireSuccess()
            .json()
            .get("optfs");
    assertThat(optFs.get("keptShare").asDouble()).isBetween(0.01, 0.99);
    assertThat(optFs.get("after").get("parameters").asLong())
        .isLessThan(optFs.get("before").get("parameters").asLong());
    assertThat(optFs.get("before").get("microsPerExample").asDouble()).isPositive();
    assertThat(optFs.get("fields").fieldNames())
        .toIterable()
        .containsExactly("city", "price", "noise", "user", "time");
    evaluate("--part test --bootstrap 0");
    assertThat(directory.resolve("bundle.training")).doesNotExist();
  }

  @Test
  void shouldSayWhyOptFsCutNothing() {
    CommandRun run =
        train("--network fm --epochs 1 --optfs --optfs-epochs 2 --optfs-penalty 0 --json")
            .requireSuccess();
    JsonNode optFs = run.json().get("optfs");
    assertThat(optFs.get("keptShare").asDouble()).isEqualTo(1);
    assertThat(run.out()).contains(optFs.get("nothingCut").asText());
  }

  @Test
  void shouldTakeTheBestFieldsOfARanking() throws IOException {
    Path csv = directory.resolve("ranks.csv");
    CommandRun ranked =
        CommandRun.of("rank-features --json", "--data", data, "--out", csv).requireSuccess();
    Path json = Files.writeString(directory.resolve("ranks.json"), ranked.json().toString());
    for (Path ranking : List.of(csv, json)) {
      bundle = directory.resolve("of-" + ranking.getFileName());
      train("--network lr --epochs 1 --fields top:1 --ranking " + ranking).requireSuccess();
      assertThat(Files.readString(bundle.resolve("catalog.yaml")))
          .contains("city")
          .doesNotContain("noise");
    }

    bundle = directory.resolve("none");
    train("--network lr --fields top:6 --ranking " + csv)
        .requireRefusal(
            "--fields top:6: K must be in 1..5, the fields of the catalogue that "
                + csv
                + " ranks, found 6");
    train("--network lr --fields top:0 --ranking " + csv)
        .requireRefusal(
            "--fields top:0: K must be in 1..5, the fields of the catalogue that "
                + csv
                + " ranks, found 0");
  }

  @Test
  void shouldTakeRowsOfTheirOwnForValidationAndTest() throws IOException {
    Path validation = ClickTable.write(directory.resolve("validation.csv"), 300, 6);
    Path test = ClickTable.write(directory.resolve("test.csv"), 200, 7);
    JsonNode json =
        train("--network lr --epochs 1 --json --validation " + validation + " --test " + test)
            .requireSuccess()
            .json();
    assertThat(json.get("train").get("rows").asLong()).isEqualTo(3_000);
    assertThat(json.get("validation").get("rows").asLong()).isEqualTo(300);
    assertThat(json.get("test").get("rows").asLong()).isEqualTo(200);

    CommandRun.of("evaluate --part test", "--data", data, "--bundle", bundle)
        .requireRefusal(
            "--part test must hold the 200 rows it had in training, found 0: the data are others,"
                + " or --drop-missing is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"order", "time --time time"})
  void shouldSplitByPlaceAndByTime(String by) {
    JsonNode json =
        train("--network lr --epochs 1 --json --split 0.7,0.1,0.2 --split-by " + by)
            .requireSuccess()
            .json();
    assertThat(json.get("train").get("rows").asLong()).isEqualTo(2_100);
    assertThat(json.get("test").get("rows").asLong()).isEqualTo(600);
    String time = by.startsWith("time") ? " --time time" : "";
    assertThat(evaluate("--part test --bootstrap 0" + time).json().get("rows").asLong())
        .isEqualTo(600);
  }

  @Test
  void shouldTrainOnAllRows() {
    JsonNode json = train("--network lr --epochs 1 --json --split 1,0,0").requireSuccess().json();
    assertThat(json.get("train").get("rows").asLong()).isEqualTo(3_000);
    assertThat(json.get("validation").get("auc").isNull()).isTrue();
    assertThat(json.get("test").isNull()).isTrue();
  }
}
