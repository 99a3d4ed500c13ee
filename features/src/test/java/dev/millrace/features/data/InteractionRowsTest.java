package dev.millrace.features.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InteractionRowsTest {

  /** Rows by column and value, in whatever order they come. */
  private static Map<String, Map<String, Integer>> count(InteractionRows rows) throws IOException {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    List<String> columns = rows.columns();
    while (rows.next()) {
      for (int column = 0; column < columns.size(); column++) {
        counts
            .computeIfAbsent(columns.get(column), added -> new HashMap<>())
            .merge(cell(rows, column), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String cell(InteractionRows rows, int column) {
    int start = rows.start(column);
    return new String(rows.bytes(), start, rows.end(column) - start, StandardCharsets.UTF_8);
  }

  private static List<String> row(InteractionRows rows) throws IOException {
    assertThat(rows.next()).isTrue();
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < rows.columns().size(); column++) {
      cells.add(cell(rows, column));
    }
    return cells;
  }

  /**
   * Counts of the files: awk over ratings.csv, {@code $4>0 && $3!=3}, joined with users.dat; of the
   * 1,000,209 ratings those of users 1 to 2,999 have a time.
   */
  @Test
  void shouldReadTheFieldsOfMovieLens() throws IOException {
    Path directory = SharedData.directory("movielens-1m");
    try (InteractionRows rows = InteractionRows.open("movielens-1m", directory)) {
      assertThat(rows.source()).isEqualTo(directory.toString());
      assertThat(rows.columns())
          .containsExactly(
              "user",
              "movie",
              "gender",
              "age",
              "occupation",
              "zip",
              "release_year",
              "genres",
              InteractionRows.LABEL);
      Map<String, Map<String, Integer>> counts = count(rows);

      assertThat(counts.get(InteractionRows.LABEL)).isEqualTo(Map.of("1", 279_124, "0", 81_310));
      assertThat(counts.get("gender")).isEqualTo(Map.of("M", 274_931, "F", 85_503));
      assertThat(counts.get("movie")).hasSize(3_568);
      assertThat(counts.get("user")).hasSize(2_999);
      assertThat(counts.get("release_year")).as("a bucket each").hasSize(14);
      assertThat(counts.get("genres")).containsKey("Animation;Children's;Comedy");
      assertThat(rows.malformed()).isZero();
    }
  }

  /** Counts of the files: awk over the four logs, columns position and click. */
  @Test
  void shouldReadTheFieldsAndThePositionOfOpenBandit() throws IOException {
    Path directory = SharedData.directory("open-bandit");
    try (InteractionRows rows = InteractionRows.open("open-bandit", directory)) {
      assertThat(rows.columns()).startsWith("user", "item").endsWith("position", "clicked");
      Map<String, Map<String, Integer>> counts = count(rows);

      assertThat(counts.get(InteractionRows.LABEL)).isEqualTo(Map.of("1", 207, "0", 39_793));
      assertThat(counts.get("position")).isEqualTo(Map.of("1", 13_240, "2", 13_384, "3", 13_376));
      assertThat(counts.get("policy")).isEqualTo(Map.of("random", 20_000, "bts", 20_000));
      assertThat(counts.get("item")).hasSize(80);
      assertThat(counts.get("item_feature_0").keySet())
          .as("buckets")
          .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7");
    }
  }

  @Test
  void shouldReadALogThatIsWrittenHere(@TempDir Path directory) throws IOException {
    OpenBanditFiles.write(
        directory,
        "random",
        "men",
        OpenBanditFiles.row("00:03:13", 1, 1),
        OpenBanditFiles.row("00:03:14", 0, 0));
    try (InteractionRows rows = InteractionRows.open("open-bandit", directory)) {
      List<String> first = row(rows);
      int lastColumn = first.size() - 1;

      assertThat(rows.columns().subList(1, 4)).containsExactly("item", "policy", "campaign");
      assertThat(first.subList(1, 4)).containsExactly("men/1", "random", "men");
      assertThat(first.subList(lastColumn - 1, lastColumn + 1)).containsExactly("2", "1");
      assertThat(row(rows).get(lastColumn)).isEqualTo("0");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void shouldRefuseAnUnknownFormatAndADirectoryWithoutALog(@TempDir Path directory) {
    assertThatThrownBy(() -> InteractionRows.open("netflix", directory))
        .isInstanceOf(DataSetException.class)
        .hasMessageEndingWith("found \"netflix\"");
    assertThatThrownBy(() -> InteractionRows.open("open-bandit", directory))
        .isInstanceOf(DataSetException.class)
        .hasMessageStartingWith(directory + ": must hold a log");
  }

  @Test
  void shouldGiveValuesAndTimesForTraining(@TempDir Path directory) throws IOException {
    OpenBanditFiles.write(directory, "random", "men", OpenBanditFiles.row("00:03:13", 1, 1));
    try (InteractionRows counted = InteractionRows.open("open-bandit", directory);
        InteractionRows trained = InteractionRows.openForTraining("open-bandit", directory)) {
      int feature = trained.columns().indexOf("item_feature_0");
      List<String> cells = row(trained);

      assertThat(trained.columns()).endsWith("position", InteractionRows.TIMESTAMP, "clicked");
      assertThat(cells.get(feature)).contains(".");
      assertThat(row(counted).get(feature)).containsOnlyDigits();
      assertThat(Instant.ofEpochMilli(Long.parseLong(cells.get(cells.size() - 2))))
          .hasToString("2019-11-24T00:03:13Z");
    }
  }
}
