package dev.millrace.features.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.encoding.Vocabulary;
import dev.millrace.features.encoding.VocabularyBuilder;
import dev.millrace.features.table.CompleteRows;
import dev.millrace.features.table.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MovieLensRowsTest {

  private static List<String> cells(Rows rows) {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < rows.columns().size(); column++) {
      int start = rows.start(column);
      cells.add(new String(rows.bytes(), start, rows.end(column) - start, StandardCharsets.UTF_8));
    }
    return cells;
  }

  private static Path write(Path directory, String ratings) throws IOException {
    Files.writeString(directory.resolve("movies.dat"), "7::Sabrina (1995)::Comedy|Romance\n");
    Files.writeString(directory.resolve("users.dat"), "1::F::25::10::48067\n");
    Files.writeString(
        directory.resolve("ratings.csv"), "user,movie,rating,timestamp_or_0\n" + ratings);
    return directory;
  }

  @Test
  void shouldKeepARatingWithoutATimeAndLeaveThreesOut(@TempDir Path directory) throws IOException {
    write(directory, "1,7,5,978824268\n1,7,3,1\n1,7,2,0\n");
    try (Rows rows = MovieLensRows.open(directory)) {
      assertThat(rows.next()).isTrue();
      assertThat(cells(rows))
          .containsExactly(
              "1", "7", "F", "25", "10", "48067", "1995", "Comedy;Romance", "978824268", "1");
      assertThat(rows.next()).isTrue();
      assertThat(cells(rows)).endsWith("Comedy;Romance", "", "0");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void shouldRefuseARatingOfNoKnownUser(@TempDir Path directory) throws IOException {
    write(directory, "2,7,5,1\n");
    try (Rows rows = MovieLensRows.open(directory)) {
      assertThatThrownBy(rows::next)
          .isInstanceOf(DataSetException.class)
          .hasMessageEndingWith("ratings.csv:2: user must be in users.dat, found \"2\"");
    }
  }

  /**
   * AutoInt's table 1: 739,012 samples, and 3,529 features with the timestamp. Of the values, 2
   * genders, 7 ages, 21 occupations, 3,439 zips, 41 years and 18 genres make 3,528.
   */
  @Test
  void shouldReadAllTheSamplesAndFeaturesOfThePaper() throws IOException {
    FeatureCatalog catalog = BuiltInCatalogs.load("movielens-1m-autoint");
    VocabularyBuilder builder = new VocabularyBuilder(catalog);
    long samples = 0;
    long clicks = 0;
    try (RowValues rows =
        RowValues.bind(
            catalog,
            MovieLensRows.open(SharedData.directory("movielens-1m")),
            RowColumns.ofLabel(InteractionRows.LABEL))) {
      while (rows.next()) {
        builder.add(rows.values());
        samples++;
        clicks += rows.label() ? 1 : 0;
      }
    }
    Vocabulary vocabulary = builder.build();

    assertThat(samples).isEqualTo(739_012);
    assertThat(clicks).isEqualTo(575_281);
    assertThat(vocabulary.values()).extracting(List::size).containsExactly(2, 7, 21, 3_439, 41, 18);
  }

  /** Counts of the files: awk over ratings.csv, {@code $4>0 && $3!=3}. */
  @Test
  void shouldDropRowsWithoutATimestamp() throws IOException {
    long samples = 0;
    try (Rows rows =
        new CompleteRows(MovieLensRows.open(SharedData.directory("movielens-1m")), "timestamp")) {
      while (rows.next()) {
        samples++;
      }
    }
    assertThat(samples).isEqualTo(360_434);
  }
}
