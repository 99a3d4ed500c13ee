package dev.millrace.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetworksTest {
  static List<Network> networks() {
    return NetworkCases.networks();
  }

  @Test
  void shouldNameTheNetworks() {
    assertThat(Networks.names())
        .containsExactly(
            "lr", "fm", "deepfm", "dcnv2", "autoint", "autoint-plus", "fgcnn", "ipnn", "mlp");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldComeBackFromItsConfiguration(Network network) {
    assertThat(Networks.create(network.name(), network.configuration())).isEqualTo(network);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shouldDeclareParametersOverEveryLayout(Network network) {
    for (EmbeddingLayout layout : NetworkCases.layouts()) {
      List<ParameterSpec> declared = ParameterSpec.declaredBy(network, layout);
      assertThat(declared).extracting(ParameterSpec::role).contains(ParameterSpec.Role.TABLE);
      assertThat(declared)
          .filteredOn(spec -> spec.role() == ParameterSpec.Role.TABLE)
          .allMatch(table -> table.shape().get(0) == layout.storedRows());
    }
  }

  @Test
  void shouldTakeOptionsAndDefaultTheOthers() {
    Map<String, String> options = Map.of("form", "FUXI_LN", "layers", " 2 ");
    assertThat(Networks.create("autoint", options))
        .isEqualTo(new AutoInt(AutoInt.Form.FUXI_LN, 2, 2, 32, 0, 0));
    assertThat(Networks.create("mlp", Map.of("hidden", "7, 5", "dropout", "0.25")))
        .isEqualTo(new Mlp(List.of(7, 5), 0.25));
    assertThat(Networks.create("autoint-plus", Map.of("heads", "4", "hidden", "")))
        .isEqualTo(new AutoIntPlus(new AutoInt(AutoInt.Form.PAPER, 3, 4, 32, 0, 0), List.of(), 0));
  }

  @Test
  void shouldPutAClassifierWithItsOptionsBehindGeneratedFields() {
    Map<String, String> options =
        Map.of("classifier", "dcnv2", "classifier.structure", "parallel", "kernel", "7");
    Network network = Networks.create("fgcnn", options);
    assertThat(network.configuration())
        .containsEntry("classifier", "dcnv2")
        .containsEntry("classifier.structure", "parallel")
        .containsEntry("classifier.crossLayers", "3")
        .containsEntry("kernel", "7")
        .containsEntry("channels", "38,40,42,44")
        .doesNotContainKey("classifier.form");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "autoint    | layer | 3       | option must be one of [form, layers, heads, headDim,"
            + " attentionDropout, embeddingDropout], found layer",
        "lr         | dim | 3         | there must be no option, found dim",
        "autoint    | layers | three  | layers must be an integer, found 'three'",
        "autoint    | layers | 0      | layers must be >= 1, found 0",
        "autoint    | form | mine     | form must be one of [paper, authors, fuxi-ln], found 'mine'",
        "mlp        | dropout | half  | dropout must be a number, found 'half'",
        "mlp        | dropout | NaN   | dropout must be in [0, 1), found NaN",
        "mlp        | hidden | 4,,4   | hidden must be integers between commas, found '4,,4'",
        "mlp        | hidden | 4,0    | hidden[1] must be >= 1, found 0",
        "deepfm     | linear | yes    | linear must be one of [true, false], found 'yes'",
        "dcnv2      | crossLayers | 0 | crossLayers must be >= 1, found 0",
        "fgcnn      | channels | \"\" | channels.length must be >= 1, found 0",
        "fgcnn      | pool | 0        | pool must be >= 1, found 0",
        "fgcnn      | classifier | fm | classifier must be one of [dcnv2, autoint, autoint-plus,"
            + " ipnn, mlp], found fm",
        "fgcnn      | classifier.hidden | x | classifier.hidden must be integers between commas,"
            + " found 'x'",
        "deepfm2    | layers | 3      | network must be one of [lr, fm, deepfm, dcnv2, autoint,"
            + " autoint-plus, fgcnn, ipnn, mlp], found deepfm2"
      })
  void shouldRefuseInOneLine(String name, String option, String value, String message) {
    assertThatThrownBy(() -> Networks.create(name, Map.of(option, value == null ? "" : value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void shouldRefuseHeightsThatPoolingLeavesNothingOf() {
    Network network = Networks.create("fgcnn", Map.of("pooling", "floor"));
    assertThatThrownBy(() -> ParameterSpec.declaredBy(network, EmbeddingLayout.plain(9, 4, 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "channels must be <= 2 layers where floor pooling by 2 leaves a height of 1, found 4");
  }
}
