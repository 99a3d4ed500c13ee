package dev.millrace.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddingLayoutTest {
  @Test
  void shouldCountLookupsAndTokens() {
    EmbeddingLayout layout = EmbeddingLayout.weighted(10, 4, new int[] {0, 1, 1, 2});
    assertThat(layout.lookups()).isEqualTo(4);
    assertThat(layout.tokens()).isEqualTo(3);
    assertThat(layout.oneLookupPerToken()).isFalse();
    assertThat(layout.pooling()).containsExactly(1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1);
  }

  @Test
  void shouldBeAValueThatItsCallerCannotChange() {
    int[] segments = {0, 1};
    EmbeddingLayout layout = EmbeddingLayout.weighted(10, 4, segments);
    segments[1] = 7;
    assertThat(layout).isEqualTo(EmbeddingLayout.weighted(10, 4, new int[] {0, 1}));
    assertThat(layout).isNotEqualTo(EmbeddingLayout.plain(10, 4, 2));
  }

  @Test
  void shouldRefuseWhatBreaksARule() {
    assertThatThrownBy(() -> EmbeddingLayout.plain(0, 4, 2))
        .hasMessage("tableRows must be >= 1, found 0");
    assertThatThrownBy(() -> EmbeddingLayout.plain(10, 0, 2))
        .hasMessage("dim must be >= 1, found 0");
    assertThatThrownBy(() -> EmbeddingLayout.plain(10, 4, 0))
        .hasMessage("tokens must be >= 1, found 0");
    assertThatThrownBy(() -> new EmbeddingLayout(10, 4, List.of(), true, Optional.empty()))
        .hasMessage("lookups must be >= 1, found 0");
    assertThatThrownBy(() -> EmbeddingLayout.weighted(10, 4, new int[] {0, 2}))
        .hasMessage("segments[1] must be in 0..1, found 2");
    assertThatThrownBy(() -> EmbeddingLayout.weighted(10, 4, new int[] {0, 2, 2}))
        .hasMessage("segments must name every token up to 2, found none for token 1");
    assertThatThrownBy(() -> EmbeddingLayout.plain(Integer.MAX_VALUE, 2, 1))
        .hasMessage("tableRows * dim must be <= 2147483639, found 4294967294");
  }
}
