package dev.millrace.features.data;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows of a CSV file with a header line, one at a time, cells bound to columns by index. Line
 * numbers assume that no quoted cell spans lines; none does in the formats read here.
 */
final class CsvRows implements Closeable {
  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();

  private final Path file;
  private final MappingIterator<String[]> rows;
  private final Map<String, Integer> columns = new HashMap<>();
  private long line = 1;
  private String[] row;

  CsvRows(Path file) throws IOException {
    this.file = file;
    if (!Files.isRegularFile(file)) {
      throw new DataSetException(file, "file must exist");
    }
    BufferedReader reader = Files.newBufferedReader(file);
    try {
      rows = MAPPER.readerFor(String[].class).readValues(reader);
      readHeader();
    } catch (CharacterCodingException e) {
      reader.close();
      throw notUtf8();
    } catch (RuntimeException | IOException e) {
      reader.close();
      throw e;
    }
  }

  private void readHeader() throws IOException {
    row = read();
    if (row == null) {
      throw new DataSetException(file, "must have a header line");
    }
    for (int i = 0; i < row.length; i++) {
      require(columns.put(row[i], i) == null, "column names must be unique", row[i]);
    }
  }

  /** Index of a column; the file is refused when it lacks it. */
  int column(String name) {
    Integer index = columns.get(name);
    if (index == null) {
      throw new DataSetException(file, "header must have a column " + name);
    }
    return index;
  }

  /** Moves to the next row; false at the end. */
  boolean next() throws IOException {
    line++;
    row = read();
    if (row == null) {
      return false;
    }
    require(row.length == columns.size(), "cells must be " + columns.size(), row.length);
    return true;
  }

  private String[] read() throws IOException {
    try {
      return rows.hasNextValue() ? rows.nextValue() : null;
    } catch (JacksonException e) {
      throw new DataSetException(file, line, "row must be CSV", e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      throw notUtf8();
    }
  }

  /** Without a line: the reader decodes blocks ahead of the row. */
  private DataSetException notUtf8() {
    return new DataSetException(file, "text must be UTF-8");
  }

  long line() {
    return line;
  }

  String text(int column) {
    return row[column];
  }

  int integer(int column, String name, int min, int max) {
    try {
      int value = Integer.parseInt(row[column]);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The rule below covers it.
    }
    throw violation("%s must be an integer in [%d, %d]".formatted(name, min, max), row[column]);
  }

  double number(int column, String name) {
    try {
      double value = Double.parseDouble(row[column]);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The rule below covers it.
    }
    throw violation(name + " must be a finite number", row[column]);
  }

  void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw violation(rule, found);
    }
  }

  DataSetException violation(String rule, Object found) {
    return new DataSetException(file, line, rule, found);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
