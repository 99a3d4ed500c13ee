package dev.millrace.features.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * The ratings kept, in event-time order, one packed long each: 31 bits of timestamp (seconds, until
 * 2038), 15 of user, 15 of movie and 1 of click, so that the order of the longs is that of time,
 * user and movie. MovieLens 1M in full, 739,012 ratings, takes 5.9 MB.
 */
final class MovieLensRatings {
  static final int MAX_ID = 0x7FFF;

  private static final int CLICK_BITS = 1;
  private static final int ID_BITS = 15;
  private static final int NEITHER = 3;

  private long[] packed = new long[1 << 16];
  private int size;

  private MovieLensRatings() {}

  static MovieLensRatings read(Path file, MovieLensMovies movies, Set<Integer> users)
      throws IOException {
    MovieLensRatings ratings = new MovieLensRatings();
    try (CsvRows rows = new CsvRows(file)) {
      int userColumn = rows.column("user");
      int movieColumn = rows.column("movie");
      int ratingColumn = rows.column("rating");
      int timestampColumn = rows.column("timestamp_or_0");
      int previous = -1;
      while (rows.next()) {
        int user = rows.integer(userColumn, "user", 1, MAX_ID);
        rows.require(users.contains(user), "user must be in users.dat", user);
        int movie = rows.integer(movieColumn, "movie", 1, MAX_ID);
        rows.require(movies.contains(movie), "movie must be in movies.dat", movie);
        int rating = rows.integer(ratingColumn, "rating", 1, 5);
        int timestamp = rows.integer(timestampColumn, "timestamp_or_0", 0, Integer.MAX_VALUE);
        int pair = (user << ID_BITS) | movie;
        // Strictly ascending pairs also make the impression ids unique.
        rows.require(pair > previous, "(user, movie) must ascend", user + "," + movie);
        previous = pair;
        if (timestamp > 0 && rating != NEITHER) {
          ratings.add(timestamp, pair, rating > NEITHER);
        }
      }
    }
    Arrays.sort(ratings.packed, 0, ratings.size);
    return ratings;
  }

  private void add(int timestamp, int pair, boolean clicked) {
    if (size == packed.length) {
      packed = Arrays.copyOf(packed, 2 * size);
    }
    long key = ((long) timestamp << (2 * ID_BITS)) | pair;
    packed[size++] = (key << CLICK_BITS) | (clicked ? 1 : 0);
  }

  int size() {
    return size;
  }

  /** Seconds since the epoch. */
  long timestamp(int index) {
    return packed[index] >>> (2 * ID_BITS + CLICK_BITS);
  }

  int user(int index) {
    return (int) (packed[index] >>> (ID_BITS + CLICK_BITS)) & MAX_ID;
  }

  int movie(int index) {
    return (int) (packed[index] >>> CLICK_BITS) & MAX_ID;
  }

  boolean clicked(int index) {
    return (packed[index] & 1) == 1;
  }
}
