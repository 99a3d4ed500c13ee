package dev.millrace.features.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumericTransformersTest {
  private static final double[] EDGES = {
    0, -0.0, 1, -1, 0.5, -0.5, 2, 3, -7.25, 10, 96, 1e-9, 700, -700, 123_456_789, -123_456_789
  };
  private static final double[] HUGE = {1e300, -1e300, 1e-300, 0, 4};

  @TempDir private Path directory;

  private static NumericColumn column(double... values) {
    long[] rows = new long[values.length];
    Arrays.fill(rows, 1);
    return new NumericColumn(IntStream.range(0, values.length).toArray(), values, rows);
  }

  private static double[] transform(String name, double... values) {
    return NumericTransformers.select(List.of(name)).get(0).over(column(values));
  }

  private static List<String> names(String... tokens) {
    return NumericTransformers.select(List.of(tokens)).stream()
        .map(NumericTransformer::name)
        .toList();
  }

  @Test
  void shouldComputeEveryBuiltInByItsFormula() {
    for (double[] values : List.of(EDGES, HUGE)) {
      TransformerOracle oracle = new TransformerOracle(values);
      assertThat(names("verbose")).containsExactlyElementsOf(oracle.functions().keySet());
      oracle
          .functions()
          .forEach(
              (name, function) -> {
                double[] results = transform(name, values);
                for (int i = 0; i < values.length; i++) {
                  assertSame(name, values[i], results[i], function.applyAsDouble(values[i]));
                }
              });
    }
  }

  private static void assertSame(String name, double value, double found, double expected) {
    String at = name + " of " + value;
    if (Double.isFinite(expected)) {
      // Trigonometric functions near their poles and differences near 0 lose digits.
      double error = 1e-9 * Math.max(1e-3, Math.abs(expected));
      assertThat(Math.abs(found - expected)).as(at + ": " + found).isLessThanOrEqualTo(error);
      assertThat(Double.doubleToRawLongBits(found)).as(at).isNotEqualTo(1L << 63);
    } else {
      assertThat(found).as(at).isNaN();
    }
  }

  @ParameterizedTest
  @CsvSource({"sqrt, 1, 8", "sqrt, 10, 0.02", "log, 50, 96", "log, 100, 0.64"})
  void shouldBinWhatExceedsAThreshold(String function, int resolution, double threshold) {
    String shown = threshold < 1 ? Double.toString(threshold) : Long.toString((long) threshold);
    String name = "fw-%s-res%d-gt%s".formatted(function, resolution, shown);
    double[] values = {-3, 0, 0.01, threshold, threshold + 0.5, threshold + 1, 97, 5_000};

    double[] results = transform(name, values);

    for (int i = 0; i < values.length; i++) {
      double excess = values[i] - threshold;
      double root = function.equals("sqrt") ? Math.sqrt(excess) : Math.log(excess);
      double expected = excess < 0 ? values[i] : excess == 0 ? 0 : Math.rint(root * resolution);
      assertThat(results[i]).as(name + " of " + values[i]).isEqualTo(expected);
    }
  }

  @Test
  void shouldSelectSetsAndSingleOnesOnceEach() {
    assertThat(names("minimal")).containsExactly("sqrt", "log1p", "sqrt-abs", "log1p-abs");
    assertThat(names("default")).hasSize(10).containsAll(names("minimal"));
    assertThat(names("fw-transformers")).hasSize(10 + 4 * 8 * 2 * 2).containsAll(names("default"));
    assertThat(names("sin", "minimal", "sqrt", "fw-log-res10-gt4"))
        .containsExactly("sin", "sqrt", "log1p", "sqrt-abs", "log1p-abs", "fw-log-res10-gt4");
    assertThat(names()).isEmpty();
  }

  @Test
  void shouldWeighStatisticsByRows() {
    NumericColumn column =
        new NumericColumn(new int[] {0, 1, 2}, new double[] {1, 5, 3}, new long[] {6, 1, 3});

    assertThat(column.mean()).isEqualTo(2);
    assertThat(column.variance()).isEqualTo((6 * 1 + 9 + 3 * 1) / 10.0);
    assertThat(column.percentile(50)).isEqualTo(1);
    // 1 1 1 1 1 1 3 3 3 5: between the sixth and the seventh.
    assertThat(column.percentile(100 * 5.5 / 9)).isEqualTo(2);
    assertThat(column.percentile(100)).isEqualTo(5);
    assertThat(column.percentile(0)).isEqualTo(1);
  }

  @Test
  void shouldReadAFileWrittenForTheReference() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("own.json"),
            """
            {"_tr_sigmoid": "1 / (1 + np.exp(-X))",
             "_tr_normalize": "(X - np.min(X)) / (np.max(X) - np.min(X))",
             "_tr_bins": "np.where(X < 2, X ** 2, np.round(np.sqrt(X), 1))"}
            """);

    List<NumericTransformer> transformers = NumericTransformers.select(List.of(file.toString()));

    assertThat(transformers).extracting(NumericTransformer::name).startsWith("_tr_sigmoid");
    assertThat(transformers.get(0).over(column(0, 1))).containsExactly(0.5, 1 / (1 + Math.exp(-1)));
    assertThat(transformers.get(1).over(column(2, 6, 3))).containsExactly(0, 1, 0.25);
    assertThat(transformers.get(2).over(column(-3, 2, 5))).containsExactly(9, 1.4, 2.2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 + 3 * 4 | 14",
        "(2 + 3) * 4 | 20",
        "2 - 3 - 4 | -5",
        "24 / 4 / 2 | 3",
        "-x^2 | -9",
        "2^-x | 0.125",
        "2^3^2 | 512",
        "2**3 * 2 | 16",
        "1.5e2 + .5 | 150.5",
        "x >= 3 | 1",
        "x + 1 < 2 * 2 | 0",
        "where(x == 3, pi, e) | 3.141592653589793",
        "round(1234.567, 1) | 1234.6",
        "round(2.5) | 2",
        "percentile(x, 50) + max(x) | 6",
        "maximum(x, power(2, 2)) | 4"
      })
  void shouldFollowTheRulesOfArithmetic(String formula, double expected) {
    assertThat(FormulaParser.parse(formula).over(column(3))).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | a number, x, pi, e, nan or a call must follow, found the end",
        "x + | a number, x, pi, e, nan or a call must follow, found the end",
        "x x | the end must follow, found x",
        "(x | ) must follow, found the end",
        "sqrt(x, 2) | a function must be known with its number of arguments, found sqrt with 2",
        "eval(x) | a function must be known with its number of arguments, found eval with 1",
        "y | a number, x, pi, e, nan or a call must follow, found y",
        "x.real | a number, a name or an operator must follow, found .real",
        "__import__ | a number, x, pi, e, nan or a call must follow, found __import__"
      })
  void shouldRefuseWhatIsNoFormula(String formula, String message) throws IOException {
    Path file = Files.writeString(directory.resolve("bad.json"), "{\"bad\": \"" + formula + "\"}");

    assertThatThrownBy(() -> NumericTransformers.select(List.of(file.toString())))
        .isInstanceOf(TableException.class)
        .hasMessage(file + ": bad: " + message + " in " + formula);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "", "null", "{\"a\": null}", "{\"a\": {}}", "{\"a\": \"x\"} {}"})
  void shouldRefuseAFileThatIsNoObjectOfFormulas(String json) throws IOException {
    Path file = Files.writeString(directory.resolve("bad.json"), json);

    assertThatThrownBy(() -> NumericTransformers.select(List.of(file.toString())))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith(file + ": must be a JSON object of names and formulas, found ")
        .message()
        .hasLineCount(1);
  }

  @Test
  void shouldRefuseAPercentileThatIsNone() {
    assertThatThrownBy(() -> FormulaParser.parse("percentile(x, 150)").over(column(1, 2, 3)))
        .isInstanceOf(TableException.class)
        .hasMessage("percentile must be in [0,100], found 150.0");
  }

  @Test
  void shouldRefuseAnUnknownName() {
    assertThatThrownBy(() -> NumericTransformers.select(List.of("minimal", "sqare")))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith("transformers must be minimal, default, fw-transformers, verbose")
        .hasMessageEndingWith(", found sqare");
    assertThatThrownBy(() -> NumericTransformers.select(List.of("nowhere.json")))
        .isInstanceOf(TableException.class)
        .hasMessage("transformers must name a readable file, found nowhere.json");
  }
}
