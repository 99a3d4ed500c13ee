package dev.millrace.features.table;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Data sets that OutRank itself has scored; they lie beside the checkout and never in it. */
final class OutRankFiles {
  private OutRankFiles() {}

  private static Path file(String dataSet, String name) {
    Path file =
        Path.of(
            System.getProperty("millrace.shared", "absent"), "golden", "outrank", dataSet, name);
    assumeTrue(Files.exists(file), () -> "golden data is not at " + file);
    return file;
  }

  static Path data(String dataSet) {
    return file(dataSet, "data.csv");
  }

  /** The scores of a run: two columns, then their score. */
  static List<List<String>> run(String dataSet, String run) throws IOException {
    return cells(file(dataSet, run + ".tsv"), "\t");
  }

  /** A table of reference figures, by row a map from column to cell. */
  static List<Map<String, String>> records(String dataSet, String name) throws IOException {
    Path file = file(dataSet, name);
    List<String> columns = List.of(Files.readAllLines(file).get(0).split(",", -1));
    List<Map<String, String>> records = new ArrayList<>();
    for (List<String> line : cells(file, ",")) {
      Map<String, String> record = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        record.put(columns.get(i), line.get(i));
      }
      records.add(record);
    }
    return records;
  }

  private static List<List<String>> cells(Path file, String separator) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return lines.subList(1, lines.size()).stream()
        .map(line -> List.of(line.split(separator, -1)))
        .toList();
  }
}
