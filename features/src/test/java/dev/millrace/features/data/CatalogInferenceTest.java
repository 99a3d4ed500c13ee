package dev.millrace.features.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.Bucketing;
import dev.millrace.features.catalog.Embedding;
import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.catalog.FieldKind;
import dev.millrace.features.table.Rows;
import dev.millrace.features.table.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogInferenceTest {
  @TempDir private Path directory;

  private FeatureCatalog infer(String text, Set<String> notFields) throws IOException {
    Path file = Files.writeString(directory.resolve("table.csv"), text);
    try (Rows rows = TableFiles.delimited(file, ',', problem -> {})) {
      return CatalogInference.infer("table", rows, notFields);
    }
  }

  /** Price has 101 numbers, code 100; size has 101 and one text at the end. */
  @Test
  void shouldTakeOnlyColumnsOfManyNumbersAsNumeric() throws IOException {
    String rows =
        IntStream.range(0, 101)
            .mapToObj(i -> "%d,%s,%d,%s".formatted(i % 2, i / 4.0, i % 100, i == 100 ? "xl" : i))
            .collect(Collectors.joining("\n"));
    FeatureCatalog catalog = infer("label,price,code,size\n" + rows + "\n,,,\n", Set.of("label"));

    assertThat(catalog.embedding()).isEqualTo(new Embedding.VocabularyTable(2, 16));
    assertThat(catalog.fields()).extracting(Field::name).containsExactly("price", "code", "size");
    assertThat(catalog.fields())
        .extracting(Field::kind)
        .containsExactly(FieldKind.NUMERIC, FieldKind.CATEGORICAL, FieldKind.CATEGORICAL);
    assertThat(catalog.fields().get(0).bucketing()).contains(new Bucketing.UnfittedQuantile(32));
  }

  @Test
  void shouldRefuseATableWithoutFields() {
    assertThatThrownBy(() -> infer("label\n1\n", Set.of("label")))
        .hasMessage("fields must not be empty, found none");
    assertThatThrownBy(() -> infer("label,\n1,2\n", Set.of("label")))
        .hasMessage("name must be 1 to 200 printable characters, found \"\"");
  }
}
