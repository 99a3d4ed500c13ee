package dev.millrace.features.ranking;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A data set that OutRank itself has scored, and its scores. */
final class OutRankGolden {
  private final Path folder;
  private final List<String> columns;
  private final List<List<String>> rows;

  private OutRankGolden(Path folder) {
    this.folder = folder;
    List<List<String>> lines =
        Files.exists(folder.resolve("data.csv")) ? cells("data.csv", ",") : List.of(List.of());
    this.columns = lines.get(0);
    this.rows = lines.subList(1, lines.size());
  }

  static OutRankGolden of(String name) {
    Path folder = Path.of(System.getProperty("millrace.shared"), "golden", "outrank", name);
    assumeTrue(Files.isDirectory(folder), "golden data must be beside the checkout, found none");
    return new OutRankGolden(folder);
  }

  int rows() {
    return rows.size();
  }

  /** Rows of the labels, the model of which serves all fields. */
  IndependenceModel model() {
    return new IndependenceModel(profile("label", "label").labelTotals());
  }

  /** Values of a column, or of several joined by {@code AND}. */
  List<String> values(String name) {
    int[] ordinals = Arrays.stream(name.split(" AND ")).mapToInt(columns::indexOf).toArray();
    List<String> values = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder value = new StringBuilder();
      for (int ordinal : ordinals) {
        value.append(row.get(ordinal)).append('\u0001');
      }
      values.add(value.toString());
    }
    return values;
  }

  /** Codes of {@link #values} in the order of the values. */
  int[] codes(String name) {
    List<String> values = values(name);
    Map<String, Integer> codes = new HashMap<>();
    new TreeSet<>(values).forEach(value -> codes.put(value, codes.size()));
    return values.stream().mapToInt(codes::get).toArray();
  }

  CountProfile profile(String field, String label) {
    return Columns.profile(codes(field), codes(label));
  }

  Margins margins(String field) {
    return Columns.margins(codes(field));
  }

  /** Margins of the combinations of the values of two columns. */
  Margins jointMargins(String first, String second) {
    return margins(first + " AND " + second);
  }

  /** The scores that a run printed: the two columns, then the score. */
  List<List<String>> run(String name) {
    List<List<String>> lines = cells(name + ".tsv", "\t");
    return lines.subList(1, lines.size());
  }

  /** A table of float64 references, by row a map from column to cell. */
  List<Map<String, String>> reference(String name) {
    List<List<String>> lines = cells(name, ",");
    List<Map<String, String>> records = new ArrayList<>();
    for (List<String> line : lines.subList(1, lines.size())) {
      Map<String, String> entries = new HashMap<>();
      for (int i = 0; i < line.size(); i++) {
        entries.put(lines.get(0).get(i), line.get(i));
      }
      records.add(entries);
    }
    return records;
  }

  private List<List<String>> cells(String file, String separator) {
    try {
      return Files.readAllLines(folder.resolve(file)).stream()
          .map(line -> List.of(line.split(separator, -1)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
