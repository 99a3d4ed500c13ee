package dev.millrace.features.catalog;

/** A value found, cut to fit into a one-line message. */
final class Excerpt {
  private static final int MAX_LENGTH = 80;

  private Excerpt() {}

  static String of(Object value) {
    String text = String.valueOf(value);
    StringBuilder line = new StringBuilder();
    text.chars()
        .limit(MAX_LENGTH)
        .forEach(c -> line.append(Character.isISOControl(c) ? '\uFFFD' : (char) c));
    return text.length() <= MAX_LENGTH ? line.toString() : line.append("...").toString();
  }
}
