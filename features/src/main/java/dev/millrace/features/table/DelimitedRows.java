package dev.millrace.features.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Rows of delimited text (RFC 4180): a header line, then a line a row; a cell in quotes may hold
 * delimiters, line ends and doubled quotes. Empty lines are passed over. A row with another number
 * of cells than the header has, or with broken quotes, is malformed: it is reported with its line,
 * and reading goes on at the line after the one where it began.
 */
final class DelimitedRows implements Rows {
  private static final int INITIAL_BUFFER = 1 << 18;

  /** A row is malformed beyond this; what is open then is most likely a quote. */
  private static final int MAX_ROW_BYTES = 1 << 22;

  /** Readable past the end of a cell, see {@link Rows}. */
  private static final int PADDING = 8;

  private static final byte QUOTE = '"';
  private static final byte LINE_END = '\n';
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final String source;
  private final InputStream in;
  private final byte delimiter;

  /** No byte above it ends a cell or starts a quote. */
  private final byte highest;

  private final DoubleSupplier progress;
  private final Consumer<String> problems;
  private final List<String> columns;

  /** A line end stands at {@link #limit}, so that a scan need not look for the limit. */
  private byte[] buffer = new byte[INITIAL_BUFFER + PADDING];

  private int limit;
  private boolean ended;

  /** Where the next row starts, and on which line, from 1. */
  private int position;

  private long line = 1;

  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int cells;

  /** Where the first line of the row ends if a quoted cell goes on after it, else -1. */
  private int firstLineEnd;

  private int innerLineEnds;
  private boolean doubledQuotes;
  private String problem;
  private long malformed;

  /** What a scan found. */
  private enum Found {
    ROW,
    EMPTY_LINE,
    END,
    BROKEN_ROW,
    ROW_CUT_BY_THE_LIMIT
  }

  /**
   * Reads the header, unless columns are given.
   *
   * @param source shown in messages
   * @param delimiter an ASCII character, neither a quote nor part of a line end
   * @param columns of a source without a header line; empty to read one
   * @param progress share of the source read
   * @param problems is told of each malformed row in one line; may throw
   * @throws TableException if there is no header line, or with no such delimiter
   */
  DelimitedRows(
      String source,
      InputStream in,
      char delimiter,
      List<String> columns,
      DoubleSupplier progress,
      Consumer<String> problems)
      throws IOException {
    RankingOptions.require(
        delimiter < 128 && "\"\r\n".indexOf(delimiter) < 0,
        "delimiter must be an ASCII character, neither a quote nor a line end",
        "U+%04X".formatted((int) delimiter));
    this.source = source;
    this.in = in;
    this.delimiter = (byte) delimiter;
    this.highest = (byte) Math.max(delimiter, QUOTE);
    this.progress = progress;
    this.problems = problems;
    buffer[limit] = LINE_END;
    this.columns = columns.isEmpty() ? header() : columns;
  }

  private List<String> header() throws IOException {
    while (limit < BYTE_ORDER_MARK.length && !ended) {
      more();
    }
    if (Arrays.equals(
        buffer, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
      position = BYTE_ORDER_MARK.length;
    }
    Found found = read();
    if (found != Found.ROW) {
      throw new TableException(
          source
              + ":1: must have a header line, found "
              + (found == Found.END ? "nothing" : problem));
    }
    List<String> names = new ArrayList<>();
    Set<String> unique = new HashSet<>();
    for (int i = 0; i < cells; i++) {
      String name = new String(buffer, starts[i], ends[i] - starts[i], StandardCharsets.UTF_8);
      if (!unique.add(name)) {
        throw new TableException(
            source + ":1: column names must be unique, found \"" + name + "\" twice");
      }
      names.add(name);
    }
    return List.copyOf(names);
  }

  @Override
  public boolean next() throws IOException {
    while (true) {
      long rowLine = line;
      Found found = read();
      if (found == Found.END) {
        return false;
      }
      if (found == Found.ROW && cells == columns.size()) {
        return true;
      }
      if (found == Found.ROW) {
        problem = "cells must be " + columns.size() + ", found " + cells;
        if (firstLineEnd >= 0) {
          resumeAfter(firstLineEnd, rowLine);
        }
      }
      malformed++;
      problems.accept(source + ":" + rowLine + ": " + problem);
    }
  }

  /** Reads the next row that is no empty line into {@link #starts} and {@link #ends}. */
  private Found read() throws IOException {
    while (true) {
      long rowLine = line;
      Found found = scan();
      switch (found) {
        case ROW_CUT_BY_THE_LIMIT -> {
          if (limit - position <= MAX_ROW_BYTES) {
            more();
            continue;
          }
          problem = "a row must end within " + MAX_ROW_BYTES + " bytes, found an open one";
          if (firstLineEnd < 0) {
            skipToLineEnd();
          }
          resumeAfter(firstLineEnd >= 0 ? firstLineEnd : lineEnd(), rowLine);
          return Found.BROKEN_ROW;
        }
        case BROKEN_ROW -> resumeAfter(firstLineEnd >= 0 ? firstLineEnd : lineEnd(), rowLine);
        case ROW -> unquote();
        case EMPTY_LINE -> {
          continue;
        }
        case END -> {}
      }
      return found;
    }
  }

  /**
   * Looks for the row at {@link #position}; moves past it only if it is whole and sound, or an
   * empty line.
   */
  private Found scan() {
    cells = 0;
    firstLineEnd = -1;
    innerLineEnds = 0;
    doubledQuotes = false;
    int at = position;
    int start = at;
    while (true) {
      byte b = buffer[at];
      if (b > highest) {
        at++;
      } else if (b == delimiter) {
        cell(start, at);
        start = ++at;
      } else if (b == LINE_END) {
        return endOfLine(start, at);
      } else if (b == QUOTE && at == start) {
        int closing = closingQuote(at);
        if (closing < 0) {
          return ended
              ? broken("a quote must close, found the end of the file")
              : Found.ROW_CUT_BY_THE_LIMIT;
        }
        at = closing + 1;
        if (buffer[at] == '\r' && buffer[at + 1] == LINE_END) {
          at++;
        }
        if (buffer[at] != delimiter && buffer[at] != LINE_END) {
          return broken(
              "a closing quote must end its cell, found " + shown(buffer[at]) + " after it");
        }
        cell(start, closing + 1);
        if (buffer[at] == LINE_END) {
          return at == limit && !ended ? Found.ROW_CUT_BY_THE_LIMIT : row(at);
        }
        start = ++at;
      } else {
        at++;
      }
    }
  }

  private Found endOfLine(int start, int at) {
    if (at == limit) {
      if (!ended) {
        return Found.ROW_CUT_BY_THE_LIMIT;
      }
      if (at == position) {
        return Found.END;
      }
    }
    int end = at > start && buffer[at - 1] == '\r' ? at - 1 : at;
    if (cells == 0 && end == start) {
      row(at);
      return Found.EMPTY_LINE;
    }
    cell(start, end);
    return row(at);
  }

  private Found row(int lineEnd) {
    position = Math.min(limit, lineEnd + 1);
    line += 1 + innerLineEnds;
    return Found.ROW;
  }

  private Found broken(String problem) {
    this.problem = problem;
    return Found.BROKEN_ROW;
  }

  /** Closing quote of the cell that opens here; -1 if it is not in the buffer. */
  private int closingQuote(int open) {
    for (int at = open + 1; at < limit; at++) {
      byte b = buffer[at];
      if (b == LINE_END) {
        innerLineEnds++;
        firstLineEnd = firstLineEnd < 0 ? at : firstLineEnd;
      } else if (b == QUOTE) {
        if (at + 1 == limit && !ended) {
          return -1;
        }
        if (at + 1 == limit || buffer[at + 1] != QUOTE) {
          return at;
        }
        doubledQuotes = true;
        at++;
      }
    }
    return -1;
  }

  private static String shown(byte b) {
    return b > ' ' && b < 127 ? "\"" + (char) b + "\"" : "byte 0x%02X".formatted(b);
  }

  private void cell(int start, int end) {
    if (cells == starts.length) {
      starts = Arrays.copyOf(starts, 2 * cells);
      ends = Arrays.copyOf(ends, 2 * cells);
    }
    starts[cells] = start;
    ends[cells++] = end;
  }

  /** Takes the quotes off the quoted cells of the row. */
  private void unquote() {
    for (int i = 0; i < cells; i++) {
      if (starts[i] == ends[i] || buffer[starts[i]] != QUOTE) {
        continue;
      }
      starts[i]++;
      ends[i]--;
      int to = starts[i];
      for (int at = starts[i]; doubledQuotes && at < ends[i]; at++) {
        buffer[to++] = buffer[at];
        at += buffer[at] == QUOTE ? 1 : 0;
      }
      ends[i] = doubledQuotes ? to : ends[i];
    }
  }

  private void resumeAfter(int lineEnd, long rowLine) {
    position = Math.min(limit, lineEnd + 1);
    line = rowLine + 1;
  }

  /** Where the line at {@link #position} ends, or the limit. */
  private int lineEnd() {
    int at = position;
    while (buffer[at] != LINE_END) {
      at++;
    }
    return at;
  }

  /** Drops what is read of a line until its end is in the buffer: the rest of it is no row. */
  private void skipToLineEnd() throws IOException {
    while (lineEnd() == limit && !ended) {
      position = limit;
      more();
    }
  }

  /** Moves what is unread to the front and reads more after it. */
  private void more() throws IOException {
    int unread = limit - position;
    if (unread > buffer.length / 2) {
      buffer = Arrays.copyOfRange(buffer, position, position + 2 * buffer.length);
    } else {
      System.arraycopy(buffer, position, buffer, 0, unread);
    }
    position = 0;
    limit = unread;
    int read = readInto(buffer.length - PADDING - limit);
    ended = read < 0;
    limit += Math.max(0, read);
    buffer[limit] = LINE_END;
  }

  private int readInto(int room) throws IOException {
    try {
      return in.read(buffer, limit, room);
    } catch (IOException e) {
      throw new IOException(source + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public byte[] bytes() {
    return buffer;
  }

  @Override
  public int start(int column) {
    return starts[column];
  }

  @Override
  public int end(int column) {
    return ends[column];
  }

  @Override
  public long malformed() {
    return malformed;
  }

  @Override
  public double progress() {
    return progress.getAsDouble();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
