package dev.millrace.features.table;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tables written into a test. */
final class Tables {
  private Tables() {}

  static Rows csv(String text) throws IOException {
    return csv(text, Integer.MAX_VALUE, problem -> {});
  }

  /** Delimited text that comes in pieces of at most so many bytes. */
  static Rows csv(String text, int piece, Consumer<String> problems) throws IOException {
    InputStream whole = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    InputStream pieces =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return whole.read();
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return whole.read(into, offset, Math.min(piece, length));
          }
        };
    return new DelimitedRows("rows.csv", pieces, ',', List.of(), () -> 0.5, problems);
  }

  /** The rest of the rows as text. */
  static List<List<String>> read(Rows rows) throws IOException {
    List<List<String>> all = new ArrayList<>();
    while (rows.next()) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < rows.columns().size(); column++) {
        int start = rows.start(column);
        cells.add(
            new String(rows.bytes(), start, rows.end(column) - start, StandardCharsets.UTF_8));
      }
      all.add(cells);
    }
    return all;
  }
}
