package dev.millrace.features.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.table.Rows;
import dev.millrace.features.table.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowValuesTest {
  private static final FeatureCatalog CATALOG =
      FeatureCatalog.parse(
          """
          name: small
          embedding: {kind: unified, buckets: 1024, dim: 4}
          fields:
            - {name: item, kind: categorical, from: item-id}
            - {name: price, kind: numeric, from: item, bucketing: {kind: quantile, buckets: 4}}
            - {name: tags, kind: multi-valued, from: item, maxValues: 2}
          """,
          "small.yaml");
  private static final RowColumns COLUMNS =
      new RowColumns(Optional.of("clicked"), Optional.of("user"), Optional.of("day"));

  @TempDir private Path directory;

  private RowValues open(String text) throws IOException {
    return open(text, COLUMNS);
  }

  private RowValues open(String text, RowColumns columns) throws IOException {
    Path file = Files.writeString(directory.resolve("rows.csv"), text);
    return RowValues.bind(CATALOG, TableFiles.delimited(file, ',', problem -> {}), columns);
  }

  /** One row of the columns user, tags, price, item, day and clicked. */
  private RowValues row(String cells) throws IOException {
    RowValues rows = open("user,tags,price,item,day,clicked\n" + cells + "\n");
    assertThat(rows.next()).isTrue();
    return rows;
  }

  @Test
  void shouldBindColumnsByNameAndValuesByKind() throws IOException {
    try (RowValues rows = row("u1,a;b;c,9.5,007,2024-05-31,1")) {
      assertThat(rows.values()).containsExactly("007", 9.5, List.of("a", "b"));
      assertThat(rows.label()).isTrue();
      assertThat(rows.row()).isZero();
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void shouldTakeEmptyCellsAndEmptyListValuesAsMissing() throws IOException {
    try (RowValues rows = row("u1,,,,1,0")) {
      assertThat(rows.values()).containsOnlyNulls();
    }
    try (RowValues rows = row("u1,;;a;,,x,1,0.0")) {
      assertThat(rows.values()).containsExactly("x", null, List.of("a"));
      assertThat(rows.label()).isFalse();
    }
    try (RowValues rows = row("u1,;,,x,1,1.0")) {
      assertThat(rows.values()).containsExactly("x", null, null);
      assertThat(rows.label()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"2", "yes", "01", "''", "true", "NaN", "0.5"})
  void shouldRefuseALabelThatIsNeitherZeroNorOne(String label) throws IOException {
    try (RowValues rows = row("u1,a,1,x,1," + label)) {
      assertThatThrownBy(rows::label)
          .isInstanceOf(DataSetException.class)
          .hasMessage(
              "%s: row 1: label clicked must be 0 or 1, found \"%s\""
                  .formatted(directory.resolve("rows.csv"), label));
    }
  }

  @ParameterizedTest
  @CsvSource({"cheap", "NaN", "Infinity", "1e999", "0x1p3", "1d", "' 1'"})
  void shouldRefuseANumericCellThatIsNoFiniteNumber(String price) throws IOException {
    try (RowValues rows = row("u1,a," + price + ",x,1,0")) {
      assertThatThrownBy(rows::values)
          .isInstanceOf(DataSetException.class)
          .hasMessageEndingWith(
              "rows.csv: row 1: field price must be a finite number, found \"" + price + "\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "978824268, 978824268",
    "-5, -5",
    "1970-01-02, 86400000",
    "1970-01-01T00:00:01Z, 1000",
    "1970-01-01 00:00:01.5, 1500",
    "1970-01-01T01:00+01:00, 0",
  })
  void shouldReadATimeInEitherForm(String text, long time) throws IOException {
    try (RowValues rows = row("u1,a,1,x," + text + ",0")) {
      assertThat(rows.time()).isEqualTo(time);
    }
  }

  @Test
  void shouldRefuseATimeInAnotherFormThanTheFirst() throws IOException {
    try (RowValues rows = open("user,tags,price,item,day,clicked\n,,,,5,0\n,,,,2024-05-31,0\n")) {
      rows.next();
      assertThat(rows.time()).isEqualTo(5);
      rows.next();
      assertThatThrownBy(rows::time)
          .isInstanceOf(DataSetException.class)
          .hasMessageEndingWith(
              "row 2: time day must be a whole number, as in the rows before it,"
                  + " found \"2024-05-31\"");
    }
    try (RowValues rows = row("u1,a,1,x,noon,0")) {
      assertThatThrownBy(rows::time).hasMessageContaining("must be a whole number or ISO 8601");
    }
  }

  @Test
  void shouldGroupRowsOfOneValue() throws IOException {
    List<Long> groups = new ArrayList<>();
    try (RowValues rows =
        open("user,tags,price,item,day,clicked\nu1,,,,1,0\nu2,,,,1,0\nu1,,,,1,0\n,,,,1,0\n")) {
      while (rows.next()) {
        groups.add(rows.group());
      }
    }
    Set<Long> distinct = new HashSet<>(groups);
    assertThat(distinct).hasSize(3);
    assertThat(groups.get(2)).isEqualTo(groups.get(0));
  }

  @Test
  void shouldNameTheFieldThatIsMissingAndTheColumnsFound() {
    assertThatThrownBy(() -> open("user,item,price,day,clicked\n"))
        .isInstanceOf(DataSetException.class)
        .hasMessage(
            directory.resolve("rows.csv")
                + ": field tags must have a column, found user, item, price, day, clicked");
    assertThatThrownBy(() -> open("item,price,tags,day,clicked\n"))
        .hasMessageContaining("group user must have a column");
    assertThatThrownBy(() -> open("item,price,tags\n", RowColumns.ofLabel("price")))
        .hasMessageEndingWith("label must be no field of the catalogue, found price");
  }

  /** As many rows as the samples hold: 10,000; 8,087 with a header, 480 and 432 without. */
  @Test
  void shouldReadEveryRowOfTheCriteoAndAvazuSamples() throws IOException {
    Path criteo = SharedData.directory("criteo").resolve("criteo_first10000.txt");
    try (Rows rows = TableFiles.criteo(criteo, RowValuesTest::refuse)) {
      assertThat(clicks("criteo", rows, "label")).containsExactly(10_000, 2_182);
    }
    Path avazu = SharedData.directory("avazu");
    try (Rows rows = TableFiles.avazu(avazu.resolve("avazu_train.csv"), RowValuesTest::refuse)) {
      assertThat(clicks("avazu", rows, "click")).containsExactly(8_087, 1_397);
    }
    try (Rows rows = TableFiles.avazu(avazu.resolve("avazu_dev.csv"), RowValuesTest::refuse)) {
      assertThat(clicks("avazu", rows, "click")[0]).isEqualTo(480);
    }
    try (Rows rows = TableFiles.avazu(avazu.resolve("avazu_test.csv"), RowValuesTest::refuse)) {
      assertThat(clicks("avazu", rows, "click")[0]).isEqualTo(432);
    }
  }

  private static void refuse(String problem) {
    throw new AssertionError(problem);
  }

  /** Rows, and those with a click. */
  private static int[] clicks(String catalog, Rows rows, String label) throws IOException {
    int[] counts = new int[2];
    RowValues values =
        RowValues.bind(BuiltInCatalogs.load(catalog), rows, RowColumns.ofLabel(label));
    while (values.next()) {
      assertThat(values.values()).isNotNull();
      counts[0]++;
      counts[1] += values.label() ? 1 : 0;
    }
    return counts;
  }
}
