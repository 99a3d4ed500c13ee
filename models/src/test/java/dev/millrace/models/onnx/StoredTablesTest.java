package dev.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import dev.millrace.models.bundle.BundleWriter;
import dev.millrace.models.calibrate.Calibration;
import dev.millrace.models.calibrate.Platt;
import dev.millrace.models.examples.ExampleBuffer;
import dev.millrace.models.network.AutoInt;
import dev.millrace.models.network.EmbeddingLayout;
import dev.millrace.models.network.FactorizationMachine;
import dev.millrace.models.network.Network;
import dev.millrace.models.network.ParameterSpec;
import dev.millrace.models.network.Parameters;
import dev.millrace.models.network.RowMap;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Embedding tables at each precision, inside of the graph and beside it, in ONNX Runtime. */
class StoredTablesTest {
  private static final int ROWS = 3_000;
  private static final int DIM = 5;
  private static final Network NETWORK = new AutoInt(AutoInt.Form.FUXI_LN, 1, 2, 4, 0, 0);
  private static final EmbeddingLayout LAYOUT = EmbeddingLayout.plain(ROWS, DIM, 3);
  private static final List<ParameterSpec> DECLARED = ParameterSpec.declaredBy(NETWORK, LAYOUT);
  private static final Parameters PARAMETERS = Parameters.initial(DECLARED, 11);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void shouldScoreAsTheNetworkWithItsTablesAsStored(TablePrecision precision) throws OrtException {
    Parameters stored = precision.stored(DECLARED, PARAMETERS);
    float[] expected = run(export(stored, TablePrecision.FLOAT32, false).graph());
    float[] found = run(export(PARAMETERS, precision, false).graph());
    assertThat(found).containsExactly(expected, within(1e-6f));
  }

  @ParameterizedTest
  @EnumSource
  void shouldStoreWithinTheStatedError(TablePrecision precision) {
    float[] table = PARAMETERS.values("embedding");
    float[] stored = precision.stored(DECLARED, PARAMETERS).values("embedding");
    for (int i = 0; i < table.length; i++) {
      double bound =
          switch (precision) {
            case FLOAT32 -> 0;
            case FLOAT16 -> Math.max(Math.abs(table[i]) * 0x1p-11, 0x1p-25);
            case INT8 -> TablePrecision.scale(table, i / DIM * DIM, DIM) * 0.50001;
          };
      assertThat(Math.abs((double) stored[i] - table[i])).isLessThanOrEqualTo(bound);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeTheBytesItSays(TablePrecision precision) {
    int smaller = export(PARAMETERS, precision, false).graph().length;
    int larger = export(PARAMETERS, TablePrecision.FLOAT32, false).graph().length;
    long saved = TablePrecision.FLOAT32.storedBytes(ROWS, DIM) - precision.storedBytes(ROWS, DIM);
    assertThat(larger - smaller).isBetween((int) saved - 300, (int) saved);
  }

  @ParameterizedTest
  @EnumSource
  void shouldScoreTheSameWithTablesBesideTheGraph(TablePrecision precision)
      throws IOException, OrtException {
    Path model = write(export(PARAMETERS, precision, true), folder.resolve("a"));
    assertThat(Files.size(model)).isLessThan(30_000);
    try (OrtModel external = new OrtModel(model)) {
      assertThat(external.run(examples(), OnnxSignature.PROBABILITY))
          .containsExactly(run(export(PARAMETERS, precision, false).graph()));
    }
  }

  @Test
  void shouldShareOneMappingOfTheTablesBetweenSessions() throws IOException, OrtException {
    assumeTrue(Files.isReadable(Path.of("/proc/self/maps")), "needs /proc/self/maps");
    EmbeddingLayout large = EmbeddingLayout.plain(1_000_000, DIM, 3);
    List<ParameterSpec> declared = ParameterSpec.declaredBy(NETWORK, large);
    Parameters parameters = Parameters.initial(declared, 11);
    OnnxOptions options = new OnnxOptions(TablePrecision.FLOAT32, true, Calibration.NONE);
    OnnxModel exported = OnnxExport.export(NETWORK, large, parameters, options, Map.of());
    Path model = write(exported, folder.resolve("b"));
    try (OrtModel one = new OrtModel(model);
        OrtModel two = new OrtModel(model)) {
      assertThat(one.run(examples(), OnnxSignature.LOGIT))
          .containsExactly(two.run(examples(), OnnxSignature.LOGIT));
      // Both map the one file, whose pages the system holds once.
      assertThat(mappings(model.resolveSibling(OnnxModel.TABLES))).hasSize(2);
    }
  }

  @Test
  void shouldStoreACutTableAtAnyPrecision() throws OrtException {
    RowMap map = RowMap.keeping(ROWS, row -> row % 3 == 0);
    EmbeddingLayout cut = LAYOUT.withCut(map);
    Parameters parameters = Parameters.initial(ParameterSpec.declaredBy(NETWORK, cut), 11);
    Arrays.fill(parameters.values("embedding"), map.keptRows() * DIM, map.storedRows() * DIM, 0);
    for (TablePrecision precision : TablePrecision.values()) {
      OnnxOptions options = new OnnxOptions(precision, false, Calibration.NONE);
      OnnxModel exported = OnnxExport.export(NETWORK, cut, parameters, options, Map.of());
      try (OrtModel ort = new OrtModel(exported.graph())) {
        ExampleBuffer cutRows = new ExampleBuffer(3);
        cutRows.add(new int[] {1, 2, 4}, new float[] {1, 1, 1}, 0);
        cutRows.add(new int[] {2_999, 2_998, 5}, new float[] {1, 1, 1}, 0);
        cutRows.add(new int[] {0, 3, 2_997}, new float[] {1, 1, 1}, 0);
        float[] logits = ort.run(cutRows, OnnxSignature.LOGIT);
        assertThat(logits[0]).isEqualTo(logits[1]).isNotEqualTo(logits[2]);
      }
    }
  }

  @Test
  void shouldRefuseAValueThatThePrecisionCannotHold() {
    EmbeddingLayout layout = EmbeddingLayout.plain(9, DIM, 3);
    List<ParameterSpec> declared = ParameterSpec.declaredBy(NETWORK, layout);
    Parameters parameters = Parameters.initial(declared, 11);
    OnnxOptions half = new OnnxOptions(TablePrecision.FLOAT16, false, Calibration.NONE);
    parameters.values("embedding")[7] = -65_504;
    assertThat(TablePrecision.FLOAT16.stored(declared, parameters).values("embedding")[7])
        .isEqualTo(-65_504);
    parameters.values("embedding")[7] = -65_536;
    String message =
        "embedding[7] must be in [-65504.0, 65504.0] to be stored in float16, found -65536.0";
    assertThatThrownBy(() -> OnnxExport.export(NETWORK, layout, parameters, half, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> TablePrecision.FLOAT16.stored(declared, parameters))
        .hasMessage(message);
    parameters.values("embedding")[7] = Float.NaN;
    for (TablePrecision precision : TablePrecision.values()) {
      assertThatThrownBy(() -> precision.stored(declared, parameters))
          .hasMessageEndingWith("to be stored in " + precision + ", found NaN");
    }
  }

  @Test
  void shouldKeepATableOfWidthOneInFloat32WhereAScaleWouldTakeMore() throws OrtException {
    Network network = new FactorizationMachine();
    List<ParameterSpec> declared = ParameterSpec.declaredBy(network, LAYOUT);
    Parameters parameters = Parameters.initial(declared, 11);
    float[] linear = parameters.values("linear");
    for (int row = 0; row < ROWS; row++) {
      linear[row] = row / 7f;
    }
    assertThat(TablePrecision.INT8.storedBytes(ROWS, 1)).isEqualTo(4 * ROWS);
    Parameters stored = TablePrecision.INT8.stored(declared, parameters);
    assertThat(stored.values("linear")).containsExactly(linear);
    OnnxOptions bytes = new OnnxOptions(TablePrecision.INT8, false, Calibration.NONE);
    float[] expected = run(OnnxExport.export(network, LAYOUT, stored, Map.of()));
    float[] found = run(OnnxExport.export(network, LAYOUT, parameters, bytes, Map.of()).graph());
    assertThat(found).containsExactly(expected, within(1e-6f));
  }

  @Test
  void shouldApplyTheCalibrationInTheGraph() throws OrtException {
    OnnxOptions options = new OnnxOptions(TablePrecision.FLOAT32, false, new Platt(0.5f, -1));
    OnnxModel exported = OnnxExport.export(NETWORK, LAYOUT, PARAMETERS, options, Map.of());
    try (OrtModel ort = new OrtModel(exported.graph())) {
      float[] logits = ort.run(examples(), OnnxSignature.LOGIT);
      float[] probabilities = ort.run(examples(), OnnxSignature.PROBABILITY);
      for (int i = 0; i < logits.length; i++) {
        double expected = 1 / (1 + Math.exp(1 - 0.5 * logits[i]));
        assertThat((double) probabilities[i]).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void shouldRefuseAnUnknownPrecision() {
    assertThatThrownBy(() -> TablePrecision.of("int4"))
        .hasMessage("table precision must be one of float32, float16, int8, found int4");
    assertThat(TablePrecision.of("float16")).isEqualTo(TablePrecision.FLOAT16);
  }

  private static OnnxModel export(
      Parameters parameters, TablePrecision precision, boolean external) {
    OnnxOptions options = new OnnxOptions(precision, external, Calibration.NONE);
    return OnnxExport.export(NETWORK, LAYOUT, parameters, options, Map.of());
  }

  private static Path write(OnnxModel exported, Path directory) throws IOException {
    Files.createDirectories(directory);
    Path model = directory.resolve("model.onnx");
    Files.write(model, exported.graph());
    BundleWriter.Content tables = exported.tables().orElseThrow();
    try (OutputStream out = Files.newOutputStream(directory.resolve(OnnxModel.TABLES))) {
      tables.writeTo(out);
    }
    return model;
  }

  private static List<String> mappings(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.endsWith(file.toString())).toList();
    }
  }

  private static float[] run(byte[] model) throws OrtException {
    try (OrtModel ort = new OrtModel(model)) {
      return ort.run(examples(), OnnxSignature.PROBABILITY);
    }
  }

  private static ExampleBuffer examples() {
    SplittableRandom random = new SplittableRandom(3);
    ExampleBuffer examples = new ExampleBuffer(3);
    for (int i = 0; i < 50; i++) {
      int[] rows = random.ints(3, 0, ROWS).toArray();
      examples.add(rows, new float[] {1, 1, 1}, 0);
    }
    return examples;
  }
}
