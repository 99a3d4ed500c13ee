package dev.millrace.models.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExampleBufferTest {
  @Test
  void shouldGiveBackWhatItTook() {
    ExampleBuffer buffer = new ExampleBuffer(2);
    for (int i = 0; i < 100; i++) {
      buffer.add(new int[] {i, i + 1}, new float[] {1, 0.5f}, i % 2);
    }
    assertThat(buffer.size()).isEqualTo(100);
    assertThat(buffer.rows().remaining()).isEqualTo(200);
    assertThat(buffer.rows().get(198)).isEqualTo(99);
    assertThat(buffer.weights().get(199)).isEqualTo(0.5f);
    assertThat(buffer.labels().get(99)).isEqualTo(1);
  }

  @Test
  void shouldReadASliceAgainAndAgain() throws IOException {
    ExampleSource slice = Examples.numbered(100).slice(10, 25);
    assertThat(slice.count()).isEqualTo(15);
    assertThat(Examples.firstRows(slice.open(), 7)).hasSize(15).startsWith(10).endsWith(24);
    assertThat(Examples.firstRows(slice.open(), 100)).hasSize(15);
    ExampleReader reader = slice.open();
    reader.seek(14);
    assertThat(Examples.firstRows(reader, 5)).containsExactly(24);
    assertThatThrownBy(() -> reader.seek(16)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldRefuseAMalformedExampleAndStayAsItWas() {
    ExampleBuffer buffer = new ExampleBuffer(1);
    assertThatThrownBy(() -> buffer.add(new int[] {-1}, new float[] {1}, 0))
        .hasMessage("rows[0] must be >= 0, found -1");
    assertThatThrownBy(() -> buffer.add(new int[] {1}, new float[] {Float.NaN}, 0))
        .hasMessage("weights[0] must be finite, found NaN");
    assertThatThrownBy(() -> buffer.add(new int[] {1}, new float[] {1}, 0.5f))
        .hasMessage("label must be 0 or 1, found 0.5");
    assertThatThrownBy(() -> buffer.add(new int[] {1, 2}, new float[] {1}, 0))
        .hasMessage("rows must be 1 long, found 2");
    assertThatThrownBy(() -> buffer.add(new int[] {1}, new float[0], 0))
        .hasMessage("weights must be 1 long, found 0");
    assertThatThrownBy(() -> new ExampleBuffer(0)).hasMessage("lookups must be >= 1, found 0");
    assertThat(buffer.size()).isZero();
  }
}
