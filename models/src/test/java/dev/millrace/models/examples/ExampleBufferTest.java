package dev.millrace.models.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    ExampleSource slice = numbered(100).slice(10, 25);
    assertThat(firstRows(slice.open(), 7)).hasSize(15).startsWith(10).endsWith(24);
    assertThat(firstRows(slice.open(), 100)).hasSize(15);
  }

  @Test
  void shouldShuffleAllExamplesByTheSeed() throws IOException {
    ExampleBuffer source = numbered(1000);
    List<Integer> order = firstRows(new ShuffledReader(source.open(), 1, 1000, 3), 64);
    assertThat(order).isEqualTo(firstRows(new ShuffledReader(source.open(), 1, 1000, 3), 64));
    assertThat(order).isNotEqualTo(firstRows(new ShuffledReader(source.open(), 1, 1000, 4), 64));
    assertThat(order).isNotEqualTo(firstRows(source.open(), 64));
    assertThat(order).containsExactlyInAnyOrderElementsOf(firstRows(source.open(), 64));
  }

  @Test
  void shouldShuffleWithinTheWindowOnly() throws IOException {
    List<Integer> order = firstRows(new ShuffledReader(numbered(25).open(), 1, 10, 3), 4);
    assertThat(order.subList(0, 10)).allMatch(row -> row < 10);
    assertThat(order.subList(10, 20)).allMatch(row -> row >= 10 && row < 20);
    assertThat(order.subList(20, 25)).allMatch(row -> row >= 20);
    assertThat(order).doesNotHaveDuplicates();
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

  private static ExampleBuffer numbered(int size) {
    ExampleBuffer buffer = new ExampleBuffer(1);
    for (int i = 0; i < size; i++) {
      buffer.add(new int[] {i}, new float[] {1}, 0);
    }
    return buffer;
  }

  private static List<Integer> firstRows(ExampleReader reader, int limit) throws IOException {
    List<Integer> rows = new ArrayList<>();
    ExampleBuffer batch = new ExampleBuffer(1);
    try (reader) {
      while (reader.read(batch, limit) > 0) {
        assertThat(batch.size()).isLessThanOrEqualTo(limit);
        for (int i = 0; i < batch.size(); i++) {
          rows.add(batch.rows().get(i));
        }
        batch.clear();
      }
    }
    return rows;
  }
}
