package dev.millrace.features.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns aligned for a terminal, names to the left and numbers to the right. The last column takes
 * what is left of a line and is cut there.
 */
public final class TextTable {
  /** Columns of a terminal that a line may take. */
  static final int WIDTH = 100;

  private static final String GAP = "  ";

  private final int leftColumn;
  private final List<String[]> lines = new ArrayList<>();

  /**
   * Starts a table.
   *
   * @param leftColumn index of the column of names; the last column is set to the left, too
   */
  public TextTable(int leftColumn, String... header) {
    this.leftColumn = leftColumn;
    lines.add(header);
  }

  /** Adds a line, with as many cells as the header. */
  public void add(String... cells) {
    lines.add(cells);
  }

  /** Writes the table. */
  public void write(Writer out) throws IOException {
    int columns = lines.get(0).length;
    int[] widths = new int[columns];
    for (String[] line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(line[i]));
      }
    }
    for (String[] line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns - 1; i++) {
        String padding = " ".repeat(widths[i] - width(line[i]));
        text.append(i == leftColumn ? line[i] + padding : padding + line[i]).append(GAP);
      }
      text.append(cut(line[columns - 1], WIDTH - text.length()));
      out.write(text.toString().stripTrailing());
      out.write('\n');
    }
  }

  /** A text of at most so many characters, an ellipsis in place of what was cut. */
  public static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
  }

  /** A text from a data set: no control character of it reaches the terminal. */
  public static String plain(String text) {
    return text.codePoints().anyMatch(Character::isISOControl)
        ? text.replaceAll("\\p{Cc}", "\uFFFD")
        : text;
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
