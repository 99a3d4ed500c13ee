package dev.millrace.features.data;

import dev.millrace.features.table.BufferedRows;
import dev.millrace.features.table.RowBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The ratings of MovieLens 1M as labelled rows in the order of the file, by user and movie: above 3
 * is a click, below 3 none, and 3 is left out, as in AutoInt (Song et al., CIKM 2019, section 5.1).
 * The files are those of {@link MovieLensLog}, which leaves out what has no place in event time;
 * here such a rating stays, with an empty timestamp.
 */
public final class MovieLensRows implements BufferedRows {
  private static final int NEITHER = 3;
  private static final List<String> CONTEXT = List.of("gender", "age", "occupation", "zip");
  private static final List<String> COLUMNS =
      List.of(
          "user",
          "movie",
          "gender",
          "age",
          "occupation",
          "zip",
          "release_year",
          "genres",
          "timestamp",
          InteractionRows.LABEL);

  private final Path directory;
  private final MovieLensMovies movies;
  private final Map<Integer, Map<String, Object>> users;
  private final CsvRows ratings;
  private final int userColumn;
  private final int movieColumn;
  private final int ratingColumn;
  private final int timestampColumn;
  private final RowBuffer row = new RowBuffer(COLUMNS.size());

  private MovieLensRows(Path directory, CsvRows ratings) throws IOException {
    this.directory = directory;
    this.movies = MovieLensMovies.read(directory.resolve("movies.dat"));
    this.users = MovieLensUsers.read(directory.resolve("users.dat"));
    this.ratings = ratings;
    this.userColumn = ratings.column("user");
    this.movieColumn = ratings.column("movie");
    this.ratingColumn = ratings.column("rating");
    this.timestampColumn = ratings.column("timestamp_or_0");
  }

  /**
   * Reads the movies and the users, and opens the ratings.
   *
   * @throws DataSetException when a file is missing or malformed; {@link #next()} throws it for a
   *     malformed rating
   */
  public static MovieLensRows open(Path directory) throws IOException {
    CsvRows ratings = new CsvRows(directory.resolve("ratings.csv"));
    try {
      return new MovieLensRows(directory, ratings);
    } catch (IOException | RuntimeException e) {
      ratings.close();
      throw e;
    }
  }

  @Override
  public String source() {
    return directory.toString();
  }

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public boolean next() throws IOException {
    while (ratings.next()) {
      int rating = ratings.integer(ratingColumn, "rating", 1, 5);
      if (rating != NEITHER) {
        fill(rating > NEITHER);
        return true;
      }
    }
    return false;
  }

  private void fill(boolean clicked) {
    int user = ratings.integer(userColumn, "user", 1, MovieLensRatings.MAX_ID);
    ratings.require(users.containsKey(user), "user must be in users.dat", user);
    int movie = ratings.integer(movieColumn, "movie", 1, MovieLensRatings.MAX_ID);
    ratings.require(movies.contains(movie), "movie must be in movies.dat", movie);
    int timestamp = ratings.integer(timestampColumn, "timestamp_or_0", 0, Integer.MAX_VALUE);
    Map<String, Object> features = movies.candidate(movies.index(movie)).getFeatures();
    row.clear();
    row.add(user);
    row.add(movie);
    CONTEXT.forEach(name -> row.add(users.get(user).get(name)));
    row.add(features.get("release_year"));
    row.add(features.get("genres"));
    row.add(timestamp == 0 ? null : timestamp);
    row.add(clicked ? 1 : 0);
  }

  @Override
  public RowBuffer row() {
    return row;
  }

  /** None: a line that breaks the format is refused. */
  @Override
  public long malformed() {
    return 0;
  }

  @Override
  public double progress() {
    return -1;
  }

  @Override
  public void close() throws IOException {
    ratings.close();
  }
}
