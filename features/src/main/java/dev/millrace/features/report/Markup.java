package dev.millrace.features.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML and the SVG inside it. Texts and attributes come from data sets and are always
 * escaped; what is open must be closed.
 */
public final class Markup {
  private final StringBuilder out = new StringBuilder(1 << 17);
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; a null value leaves the attribute out
   */
  public Markup open(String tag, String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element opened last. */
  public Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element that holds a text. */
  public Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An element that holds nothing, of SVG or void in HTML. */
  public Markup empty(String tag, String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  /** A text inside the element opened last. */
  public Markup text(String text) {
    escape(text);
    return this;
  }

  /** Markup of the program's own, taken as it is. */
  public Markup trusted(String markup) {
    out.append(markup);
    return this;
  }

  /** What was written. */
  String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("every element must be closed, found open " + open);
    }
    return out.toString();
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(attributes[i + 1]);
        out.append('"');
      }
    }
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(forbidden(c) ? '\uFFFD' : c);
      }
    }
  }

  /** Characters that no HTML document may hold, not even by reference. */
  private static boolean forbidden(char c) {
    return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
  }
}
