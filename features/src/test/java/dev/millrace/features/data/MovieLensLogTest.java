package dev.millrace.features.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.millrace.schemas.Candidate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovieLensLogTest {
  private static final long SEED = 1_000_209;
  private static final String HEADER = "user,movie,rating,timestamp_or_0\n";

  @TempDir Path root;

  @BeforeEach
  void writeMoviesAndUsers() throws IOException {
    write(
        "movies.dat",
        "1::Toy Story (1995)::Animation|Children's\n5::Misérables, Les (1998)::Drama\n");
    write("users.dat", "1::F::1::10::48067\n2::M::56::16::70072-123\n");
  }

  private Path write(String file, String text) throws IOException {
    return Files.writeString(root.resolve(file), text, StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldOrderByTimeAndDropThreesAndRatingsWithoutATime() throws IOException {
    write("ratings.csv", HEADER + "1,1,5,978824268\n1,5,3,978824260\n2,1,2,978824200\n2,5,4,0\n");

    assertThat(readAll(1))
        .extracting(i -> i.impression().getImpressionId(), i -> i.click().isPresent())
        .containsExactly(tuple("movielens-1m/2/1", false), tuple("movielens-1m/1/1", true));
  }

  @Test
  void shouldOrderByTimeAfterTheYear2004() throws IOException {
    write("ratings.csv", HEADER + "1,1,5,2147483647\n1,5,4,1073741823\n2,1,4,1073741824\n");

    assertThat(readAll(1))
        .extracting(i -> i.impression().getTimestamp().getEpochSecond())
        .containsExactly(1073741823L, 1073741824L, 2147483647L);
  }

  @Test
  void shouldJoinTheUserAndTheMovie() throws IOException {
    write("ratings.csv", HEADER + "2,5,4,978824268\n");

    LoggedInteraction interaction = readAll(20).get(0);

    assertThat(interaction.impression().getUserId()).isEqualTo("2");
    assertThat(interaction.impression().getItemId()).isEqualTo("5");
    assertThat(interaction.impression().getTimestamp()).isEqualTo(Instant.ofEpochSecond(978824268));
    assertThat(interaction.impression().getFeatures())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "gender", "M",
                "age", "56",
                "occupation", "16",
                "zip", "70072-123",
                "release_year", 1998L,
                "genres", List.of("Drama")));
    assertThat(interaction.request().getCandidates())
        .extracting(Candidate::getItemId)
        .containsExactlyInAnyOrder("1", "5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x,1,5,9|user must be an integer in [1, 32767], found \"x\"",
        "3,1,5,9|user must be in users.dat, found \"3\"",
        "1,2,5,9|movie must be in movies.dat, found \"2\"",
        "1,5,6,9|rating must be an integer in [1, 5], found \"6\"",
        "1,5,5,-1|timestamp_or_0 must be an integer in [0, 2147483647], found \"-1\"",
        "1,1,5,9|(user, movie) must ascend, found \"1,1\"",
        "1,5,5|cells must be 4, found \"3\"",
      })
  void shouldNameTheLineOfAMalformedRating(String line, String message) throws IOException {
    Path ratings = write("ratings.csv", HEADER + "1,1,5,978824268\n" + line + "\n");
    MovieLensLog log = new MovieLensLog(root);

    assertThatThrownBy(() -> log.open(1, SEED))
        .isInstanceOf(DataSetException.class)
        .hasMessage(ratings + ":3: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "movies.dat|6::Untitled::Drama|title must end with its year like (1995), found \"Untitled\"",
        "movies.dat|5::Again (1999)::Drama|movie ids must be unique, found \"5\"",
        "movies.dat|6::Again (1999)|line must have 3 cells between ::, found \"6::Again (1999)\"",
        "movies.dat|0::Again (1999)::Drama|id must be an integer in [1, 32767], found \"0\"",
        "users.dat|2::F::1::10::48067|user ids must be unique, found \"2\"",
      })
  void shouldNameTheLineOfAMalformedMovieOrUser(String file, String line, String message)
      throws IOException {
    Path path = root.resolve(file);
    write(file, Files.readString(path, StandardCharsets.ISO_8859_1) + line + "\n");

    assertThatThrownBy(() -> new MovieLensLog(root))
        .isInstanceOf(DataSetException.class)
        .hasMessage(path + ":3: " + message);
  }

  @ParameterizedTest
  @CsvSource({"movies.dat", "users.dat", "ratings.csv"})
  void shouldNameAMissingFile(String file) throws IOException {
    Files.deleteIfExists(root.resolve(file));

    assertThatThrownBy(() -> new MovieLensLog(root).open(1, SEED))
        .isInstanceOf(DataSetException.class)
        .hasMessage(root.resolve(file) + ": file must exist");
  }

  @Test
  void shouldRefuseRatingsThatAreNotUtf8() throws IOException {
    Path ratings = write("ratings.csv", HEADER + "1,1,5,\u00e9\n");

    assertThatThrownBy(() -> new MovieLensLog(root).open(1, SEED))
        .hasMessage(ratings + ": text must be UTF-8");
  }

  @Test
  void shouldRefuseAQuoteThatIsNeverClosed() throws IOException {
    Path ratings = write("ratings.csv", HEADER + "1,1,5,9\n1,5,\"4,9\n");

    assertThatThrownBy(() -> new MovieLensLog(root).open(1, SEED))
        .isInstanceOf(DataSetException.class)
        .hasMessageStartingWith(ratings + ":3: row must be CSV, found")
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldRefuseRatingsWithoutAHeader() throws IOException {
    Path ratings = write("ratings.csv", "");

    assertThatThrownBy(() -> new MovieLensLog(root).open(1, SEED))
        .hasMessage(ratings + ": must have a header line");
  }

  private List<LoggedInteraction> readAll(int candidatesPerRequest) throws IOException {
    List<LoggedInteraction> interactions = new ArrayList<>();
    try (InteractionIterator iterator = new MovieLensLog(root).open(candidatesPerRequest, SEED)) {
      iterator.forEachRemaining(interactions::add);
    }
    return interactions;
  }
}
