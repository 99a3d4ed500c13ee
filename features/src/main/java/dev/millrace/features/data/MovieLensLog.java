package dev.millrace.features.data;

import dev.millrace.features.catalog.FeatureCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * MovieLens 1M as clicks: a rating above 3 is an impression with a click, below 3 one without, and
 * 3 is left out, as in AutoInt (Song et al., CIKM 2019, section 5.1). Needs {@code ratings.csv}
 * ({@code user,movie,rating,timestamp_or_0} ascending by user and movie), {@code movies.dat} and
 * {@code users.dat}.
 *
 * <p>A rating whose timestamp is 0 has no place in event time and is left out. The ratings lie by
 * user, so opening the log reads them all and sorts an index of 8 bytes a rating kept; ratings of
 * one second come in the order of user and movie.
 */
public final class MovieLensLog implements InteractionLog {
  static final String FORMAT = "movielens-1m";

  private final FeatureCatalog catalog = BuiltInCatalogs.load(FORMAT);
  private final Path ratings;
  private final MovieLensMovies movies;
  private final Map<Integer, Map<String, Object>> users;

  /**
   * Reads the movies and the users.
   *
   * @throws DataSetException when a file is missing or one of their lines is malformed
   */
  public MovieLensLog(Path directory) throws IOException {
    ratings = directory.resolve("ratings.csv");
    movies = MovieLensMovies.read(directory.resolve("movies.dat"));
    users = MovieLensUsers.read(directory.resolve("users.dat"));
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public FeatureCatalog catalog() {
    return catalog;
  }

  @Override
  public boolean hasPositions() {
    return false;
  }

  @Override
  public InteractionIterator open(int candidatesPerRequest, long seed) throws IOException {
    InteractionDraws draws = new InteractionDraws(candidatesPerRequest, seed);
    MovieLensRatings sorted = MovieLensRatings.read(ratings, movies, users.keySet());
    return new MovieLensIterator(sorted, movies, users, draws);
  }
}
