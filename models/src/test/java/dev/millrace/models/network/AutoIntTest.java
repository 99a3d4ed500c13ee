package dev.millrace.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AutoIntTest {
  @Test
  void shouldHaveThePaperSizeOnCriteo() {
    EmbeddingLayout criteo = EmbeddingLayout.plain(1000, 16, 39);
    long interacting =
        ParameterSpec.declaredBy(AutoInt.ofPaper(), criteo).stream()
            .filter(spec -> spec.name().startsWith("attention."))
            .mapToLong(ParameterSpec::size)
            .sum();
    long output =
        ParameterSpec.declaredBy(AutoInt.ofPaper(), criteo).stream()
            .filter(spec -> spec.name().startsWith("output."))
            .mapToLong(ParameterSpec::size)
            .sum();
    // 36,864 with a W_res in every layer (section 5.1.4 says 3.9e4 with the output), of which the
    // layers 2 and 3 keep the width and need none.
    assertThat(interacting).isEqualTo(36_864 - 2 * 64 * 64);
    assertThat(output).isEqualTo(2_497);
  }

  @ParameterizedTest
  @EnumSource
  void shouldDeclareWhatTheFormTakes(AutoInt.Form form) {
    var network = new AutoInt(form, 2, 2, 3, 0, 0);
    List<String> names =
        ParameterSpec.declaredBy(network, EmbeddingLayout.plain(20, 4, 5)).stream()
            .map(ParameterSpec::name)
            .toList();
    assertThat(names).startsWith("embedding").endsWith("output.weight", "output.bias");
    assertThat(names).contains("attention.0.residual.weight");
    boolean authors = form == AutoInt.Form.AUTHORS;
    assertThat(names.contains("attention.1.residual.weight")).isEqualTo(authors);
    assertThat(names.contains("attention.1.query.bias")).isEqualTo(authors);
    assertThat(names.contains("attention.1.norm.gain")).isEqualTo(form != AutoInt.Form.PAPER);
  }

  @Test
  void shouldRefuseOptionsOutOfRange() {
    assertThatThrownBy(() -> new AutoInt(AutoInt.Form.PAPER, 0, 2, 32, 0, 0))
        .hasMessage("layers must be >= 1, found 0");
    assertThatThrownBy(() -> new AutoInt(AutoInt.Form.PAPER, 3, 0, 32, 0, 0))
        .hasMessage("heads must be >= 1, found 0");
    assertThatThrownBy(() -> new AutoInt(AutoInt.Form.PAPER, 3, 2, -1, 0, 0))
        .hasMessage("headDim must be >= 1, found -1");
    assertThatThrownBy(() -> new AutoInt(AutoInt.Form.PAPER, 3, 2, 32, 1, 0))
        .hasMessage("attentionDropout must be in [0, 1), found 1.0");
    assertThatThrownBy(() -> new AutoInt(AutoInt.Form.PAPER, 3, 2, 32, 0, Double.NaN))
        .hasMessage("embeddingDropout must be in [0, 1), found NaN");
  }

  @Test
  void shouldTellItsConfiguration() {
    assertThat(AutoInt.ofPaper().configuration())
        .containsEntry("form", "paper")
        .containsEntry("layers", "3")
        .hasSize(6);
  }
}
