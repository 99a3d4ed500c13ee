package dev.millrace.features.data;

import dev.millrace.schemas.Candidate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The movies of {@code movies.dat}: {@code id::title (year)::genre|genre}. */
final class MovieLensMovies {
  private static final Pattern YEAR_AT_END = Pattern.compile("\\((\\d{4})\\)$");

  private final List<String> ids = new ArrayList<>();
  private final List<Map<String, Object>> features = new ArrayList<>();
  private final Map<Integer, Integer> indexes = new HashMap<>();

  private MovieLensMovies() {}

  static MovieLensMovies read(Path file) throws IOException {
    MovieLensMovies movies = new MovieLensMovies();
    try (DelimitedLines lines = new DelimitedLines(file, 3)) {
      while (lines.next()) {
        movies.add(lines);
      }
    }
    if (movies.ids.isEmpty()) {
      throw new DataSetException(file, "must hold a movie");
    }
    return movies;
  }

  private void add(DelimitedLines lines) {
    int id = lines.id(0);
    if (indexes.put(id, ids.size()) != null) {
      throw lines.violation("movie ids must be unique", id);
    }
    Matcher year = YEAR_AT_END.matcher(lines.text(1));
    if (!year.find()) {
      throw lines.violation("title must end with its year like (1995)", lines.text(1));
    }
    ids.add(Integer.toString(id));
    features.add(
        Map.of(
            "release_year", Long.valueOf(year.group(1)),
            "genres", List.of(lines.text(2).split("\\|"))));
  }

  int size() {
    return ids.size();
  }

  boolean contains(int id) {
    return indexes.containsKey(id);
  }

  /** Position of a movie in the file, from 0; ids have gaps. */
  int index(int id) {
    return indexes.get(id);
  }

  /** The features are shared by all candidates of the movie and cannot be modified. */
  Candidate candidate(int index) {
    return new Candidate(ids.get(index), features.get(index));
  }
}
