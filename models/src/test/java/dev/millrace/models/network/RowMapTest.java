package dev.millrace.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowMapTest {
  private static final RowMap ODD = RowMap.keeping(5, row -> row % 2 == 1);

  @Test
  void shouldStoreTheKeptRowsInOrderAndPointTheOthersToTheZeroRow() {
    assertThat(ODD.toArray()).containsExactly(2, 0, 2, 1, 2);
    assertThat(ODD.inputRows()).isEqualTo(5);
    assertThat(ODD.keptRows()).isEqualTo(2);
    assertThat(ODD.storedRows()).isEqualTo(3);
    assertThat(ODD.keeps(1)).isTrue();
    assertThat(ODD.keeps(4)).isFalse();
    assertThat(ODD.stored(3)).isEqualTo(1);
  }

  @Test
  void shouldHaveAZeroRowWhateverIsKept() {
    assertThat(RowMap.keeping(3, row -> true).toArray()).containsExactly(0, 1, 2);
    assertThat(RowMap.keeping(3, row -> true).storedRows()).isEqualTo(4);
    assertThat(RowMap.keeping(3, row -> false).toArray()).containsExactly(0, 0, 0);
    assertThat(RowMap.keeping(3, row -> false).storedRows()).isEqualTo(1);
  }

  @Test
  void shouldBeAValue() {
    RowMap same = RowMap.keeping(ODD.inputRows(), ODD::keeps);
    assertThat(same).isEqualTo(ODD).hasSameHashCodeAs(ODD);
    // The same array, but a zero row of its own that no input row reads.
    assertThat(RowMap.keeping(3, row -> true)).isNotEqualTo(RowMap.keeping(3, row -> row < 2));
    int[] copy = ODD.toArray();
    copy[0] = 7;
    assertThat(ODD.stored(0)).isEqualTo(2);
  }

  @Test
  void shouldRefuseWhatIsNoCut() {
    assertThatThrownBy(() -> RowMap.keeping(0, row -> true))
        .hasMessage("inputRows must be >= 1, found 0");
    assertThatThrownBy(() -> EmbeddingLayout.plain(6, 2, 1).withCut(ODD))
        .hasMessage("cut must map 6 rows, found 5");
  }
}
