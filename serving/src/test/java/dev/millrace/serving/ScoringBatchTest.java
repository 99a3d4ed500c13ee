package dev.millrace.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScoringBatchTest {

  private static final int LOOKUPS = 3;

  private static int[] rows(int example) {
    return new int[] {example * 10, example * 10 + 1, example * 10 + 2};
  }

  private static float[] weights(int example) {
    return new float[] {example, 0.5f, 0.25f};
  }

  private static void fill(ScoringBatch batch, int from, int to) {
    IntStream.range(from, to).forEach(i -> batch.add(rows(i), weights(i)));
  }

  @Test
  void shouldKeepEveryExampleWhileItGrows() {
    for (int examples : new int[] {1, 2, 3, 4, 5, 8, 9, 33}) {
      ScoringBatch batch = new ScoringBatch(LOOKUPS, true, 1);
      fill(batch, 0, examples);

      assertThat(batch.size()).isEqualTo(examples);
      for (int i = 0; i < examples; i++) {
        assertThat(batch.rows(i, i + 1)).isEqualTo(IntBuffer.wrap(rows(i)));
        assertThat(batch.weights(i, i + 1)).isEqualTo(FloatBuffer.wrap(weights(i)));
      }
    }
  }

  @Test
  void shouldHandOutPartsThatHoldWholeExamples() {
    ScoringBatch batch = new ScoringBatch(LOOKUPS, false, 4);
    fill(batch, 0, 4);

    assertThat(batch.rows(1, 3)).isEqualTo(IntBuffer.wrap(new int[] {10, 11, 12, 20, 21, 22}));
    assertThat(batch.rows(1, 3).isDirect()).isTrue();
  }

  @Test
  void shouldHoldOnlyWhatCameAfterItWasCleared() {
    ScoringBatch batch = new ScoringBatch(LOOKUPS, true, 2);
    fill(batch, 0, 7);
    batch.clear();
    assertThat(batch.size()).isZero();

    fill(batch, 50, 52);

    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.rows(0, 1)).isEqualTo(IntBuffer.wrap(rows(50)));
    assertThat(batch.weights(1, 2)).isEqualTo(FloatBuffer.wrap(weights(51)));
  }

  @Test
  void shouldKeepItsMemoryWhenItIsCleared() {
    ScoringBatch batch = new ScoringBatch(LOOKUPS, false, 1);
    fill(batch, 0, 9);
    IntBuffer before = batch.rows(0, 9);
    batch.clear();
    fill(batch, 20, 29);

    assertThat(before).as("a view of the same memory").isEqualTo(batch.rows(0, 9));
  }

  @Test
  void shouldNeedNoWeightsWhereNoneAreUsed() {
    ScoringBatch batch = new ScoringBatch(LOOKUPS, false, 1);
    batch.add(rows(1), null);
    batch.add(rows(2), null);

    assertThat(batch.weighted()).isFalse();
    assertThat(batch.rows(1, 2)).isEqualTo(IntBuffer.wrap(rows(2)));
  }

  @Test
  void shouldRefuseABatchOfNothing() {
    assertThatThrownBy(() -> new ScoringBatch(0, false, 1))
        .hasMessage("lookups and capacity must be >= 1, found 0 and 1");
    assertThatThrownBy(() -> new ScoringBatch(1, false, 0))
        .hasMessage("lookups and capacity must be >= 1, found 1 and 0");
  }

  @Test
  void shouldRefuseMoreThanOneBufferHolds() {
    assertThatThrownBy(() -> new ScoringBatch(1 << 16, false, 1 << 16))
        .isInstanceOf(ArithmeticException.class);
  }
}
