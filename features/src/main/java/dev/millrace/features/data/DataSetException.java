package dev.millrace.features.data;

import java.nio.file.Path;

/** A data set that breaks its format; the message is one line: file, line, rule, value found. */
public final class DataSetException extends RuntimeException {
  private static final int EXCERPT_LENGTH = 80;

  DataSetException(String message) {
    super(message);
  }

  DataSetException(Path file, String rule) {
    super(file + ": " + rule);
  }

  /**
   * @param line from 1
   * @param rule "timestamp must not decrease"
   */
  DataSetException(Path file, long line, String rule, Object found) {
    super(file + ":" + line + ": " + rule + ", found " + excerpt(String.valueOf(found)));
  }

  /**
   * @param row from 1
   * @param rule "label must be 0 or 1"
   */
  DataSetException(String source, long row, String rule, Object found) {
    super(source + ": row " + row + ": " + rule + ", found " + excerpt(String.valueOf(found)));
  }

  private static String excerpt(String found) {
    String oneLine = found.replaceAll("\\p{Cntrl}", "?");
    return oneLine.length() <= EXCERPT_LENGTH
        ? '"' + oneLine + '"'
        : '"' + oneLine.substring(0, EXCERPT_LENGTH) + "\" (" + oneLine.length() + " characters)";
  }
}
