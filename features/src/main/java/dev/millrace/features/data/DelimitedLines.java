package dev.millrace.features.data;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a MovieLens {@code .dat} file: Latin-1, no header, cells between {@code ::}. */
final class DelimitedLines implements Closeable {
  private final Path file;
  private final int width;
  private final BufferedReader reader;
  private String[] cells;
  private long line;

  DelimitedLines(Path file, int width) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DataSetException(file, "file must exist");
    }
    this.file = file;
    this.width = width;
    reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
  }

  /** Moves to the next line; false at the end. */
  boolean next() throws IOException {
    String text = reader.readLine();
    if (text == null) {
      return false;
    }
    line++;
    cells = text.split("::", -1);
    if (cells.length != width) {
      throw violation("line must have " + width + " cells between ::", text);
    }
    return true;
  }

  String text(int cell) {
    return cells[cell];
  }

  /** A user or movie id; ids are packed into 15 bits by {@link MovieLensRatings}. */
  int id(int cell) {
    try {
      int id = Integer.parseInt(cells[cell]);
      if (id >= 1 && id <= MovieLensRatings.MAX_ID) {
        return id;
      }
    } catch (NumberFormatException e) {
      // The rule below covers it.
    }
    throw violation("id must be an integer in [1, " + MovieLensRatings.MAX_ID + "]", cells[cell]);
  }

  DataSetException violation(String rule, Object found) {
    return new DataSetException(file, line, rule, found);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
