package dev.millrace.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ShapeOpsTest {
  private static final int[] FIELDS = {-1, 3, 4};
  private static final int[] MAPS = {-1, 2, 5, 4};

  private final ShapeOps ops = new ShapeOps(EmbeddingLayout.plain(10, 4, 3));

  @Test
  void shouldJoinSelectAndSumAlongAnAxis() {
    assertThat(ops.concat(List.of(FIELDS, new int[] {-1, 2, 4}), 1)).containsExactly(-1, 5, 4);
    assertThat(ops.select(FIELDS, 2, 0, 3, 0, 1, 2)).containsExactly(-1, 3, 5);
    assertThat(ops.sum(FIELDS, 1)).containsExactly(-1, 4);
  }

  @Test
  void shouldKeepTheHeightOfAConvolutionAndPoolIt() {
    int[] convolved = ops.convolve(MAPS, new int[] {7, 2, 3, 1}, new int[] {7});
    assertThat(convolved).containsExactly(-1, 7, 5, 4);
    assertThat(ops.maxPool(convolved, 2, 0)).containsExactly(-1, 7, 2, 4);
    assertThat(ops.maxPool(convolved, 2, 1)).containsExactly(-1, 7, 3, 4);
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    assertRefused(
        () -> ops.concat(List.of(FIELDS, new int[] {-1, 2, 5}), 1),
        "concat must join along axis 1, found [[-1, 3, 4], [-1, 2, 5]]");
    assertRefused(
        () -> ops.concat(List.of(FIELDS, FIELDS), 0),
        "axis 0 must be behind the batch, found [[-1, 3, 4]]");
    assertRefused(
        () -> ops.select(FIELDS, 1, 3), "select must stay on axis 1, found [[-1, 3, 4], [3]]");
    assertRefused(() -> ops.sum(FIELDS, 3), "axis 3 must be behind the batch, found [[-1, 3, 4]]");
    assertRefused(
        () -> ops.convolve(MAPS, new int[] {7, 3, 3, 1}, new int[] {7}),
        "kernel must be [out, in, rows, 1] for [batch, in, height, width],"
            + " found [[-1, 2, 5, 4], [7, 3, 3, 1]]");
    assertRefused(
        () -> ops.convolve(MAPS, new int[] {7, 2, 3, 1}, new int[] {2}),
        "bias must be [out], found [[7, 2, 3, 1], [2]]");
    assertRefused(
        () -> ops.maxPool(MAPS, 6, 0), "maxPool by 6 must leave a height, found [[-1, 2, 5, 4]]");
    assertRefused(() -> ops.maxPool(MAPS, 2, 2), "padding must be below size, found [[2, 2]]");
    assertRefused(() -> ops.clip(FIELDS, 1, 0), "least must be <= most, found 1.0 and 0.0");
  }

  private static void assertRefused(ThrowingCallable operation, String message) {
    assertThatThrownBy(operation).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
