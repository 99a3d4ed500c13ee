package dev.millrace.features.data;

import dev.millrace.schemas.Candidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Walks the sorted ratings; the other candidates are drawn from all movies alike. */
final class MovieLensIterator implements InteractionIterator {
  private final MovieLensRatings ratings;
  private final MovieLensMovies movies;
  private final Map<Integer, Map<String, Object>> users;
  private final InteractionDraws draws;
  private int next;

  MovieLensIterator(
      MovieLensRatings ratings,
      MovieLensMovies movies,
      Map<Integer, Map<String, Object>> users,
      InteractionDraws draws) {
    this.ratings = ratings;
    this.movies = movies;
    this.users = users;
    this.draws = draws;
  }

  @Override
  public boolean hasNext() {
    return next < ratings.size();
  }

  @Override
  public LoggedInteraction next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the log is at its end");
    }
    int rating = next++;
    int shown = movies.index(ratings.movie(rating));
    LogLine logLine = logLine(rating, shown);
    InteractionDraws.ForImpression drawn = draws.forImpression(logLine.impressionId());
    List<Candidate> candidates = new ArrayList<>();
    for (int movie : drawn.candidates(shown, movies.size())) {
      candidates.add(movie == shown ? logLine.shown() : movies.candidate(movie));
    }
    return logLine.with(candidates, ratings.clicked(rating), drawn);
  }

  private LogLine logLine(int rating, int shown) {
    int user = ratings.user(rating);
    return new LogLine(
        MovieLensLog.FORMAT + "/" + user + "/" + ratings.movie(rating),
        Integer.toString(user),
        Instant.ofEpochSecond(ratings.timestamp(rating)),
        users.get(user),
        movies.candidate(shown),
        null,
        null);
  }

  /** Nothing is open: the index was read whole. */
  @Override
  public void close() {}
}
