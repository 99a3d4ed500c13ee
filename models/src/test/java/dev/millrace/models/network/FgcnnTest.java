package dev.millrace.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FgcnnTest {
  @ParameterizedTest
  @CsvSource({
    "CEIL, 39, 2, 20",
    "CEIL, 20, 2, 10",
    "CEIL, 5, 2, 3",
    "CEIL, 3, 2, 2",
    "CEIL, 1, 2, 1",
    "CEIL, 5, 3, 3",
    "FLOOR, 39, 2, 19",
    "FLOOR, 5, 3, 1",
    "FLOOR, 1, 2, 0"
  })
  void shouldPoolHeights(Fgcnn.Pooling pooling, int height, int size, int pooled) {
    assertThat(pooling.pooled(height, size)).isEqualTo(pooled);
    assertThat(pooling.padding(height, size)).isLessThan(size);
  }

  @Test
  void shouldHaveTheSizeOfThePaperOnCriteo() {
    List<ParameterSpec> declared =
        ParameterSpec.declaredBy(Fgcnn.ofPaper(), EmbeddingLayout.plain(1000, 10, 39));
    // Heights 20, 10, 5 and 3, three new fields for each: 39 + 3 * 38 fields in all.
    int fields = 39 + 3 * (20 + 10 + 5 + 3);
    int inputs = fields * 10 + fields * (fields - 1) / 2;
    assertThat(shape(declared, "mlp.0.weight")).containsExactly(inputs, 4096);
    assertThat(shape(declared, "recombination.3.weight")).containsExactly(44 * 3 * 10, 3 * 3 * 10);
    assertThat(shape(declared, "convolution.1.weight")).containsExactly(40, 38, 9, 1);
    assertThat(shape(declared, "generator")).isEqualTo(shape(declared, "embedding"));
  }

  @Test
  void shouldKeepRunningStatisticsForEachChannel() {
    Network network = Networks.create("fgcnn", Map.of("batchNorm", "true"));
    List<ParameterSpec> statistics =
        ParameterSpec.declaredBy(network, EmbeddingLayout.plain(9, 4, 7)).stream()
            .filter(spec -> spec.role() == ParameterSpec.Role.STATISTIC)
            .toList();
    assertThat(statistics)
        .extracting(ParameterSpec::name)
        .containsExactlyElementsOf(
            IntStream.range(0, 4)
                .boxed()
                .flatMap(
                    layer ->
                        List.of("mean", "variance").stream()
                            .map(kind -> "convolution." + layer + ".norm." + kind))
                .toList());
    assertThat(statistics.get(0).shape()).containsExactly(38);
  }

  private static List<Integer> shape(List<ParameterSpec> declared, String name) {
    return declared.stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow()
        .shape();
  }
}
