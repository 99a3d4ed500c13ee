package dev.millrace.features.table;

import java.nio.charset.StandardCharsets;

/** Numbers in text. */
public final class Numbers {
  private Numbers() {}

  /** A finite decimal number; NaN for anything else. */
  static double parse(byte[] bytes) {
    return parse(bytes, 0, bytes.length);
  }

  /**
   * A finite decimal number; NaN for anything else.
   *
   * @param start of the number in the bytes
   * @param end one past its last byte
   */
  public static double parse(byte[] bytes, int start, int end) {
    if (start == end || !startsLikeOne(bytes[start])) {
      return Double.NaN;
    }
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    try {
      double number = Double.parseDouble(text);
      byte last = bytes[end - 1];
      // parseDouble takes Java's 1d, 1f, 0x1p3 and blanks as well.
      boolean decimal = (last >= '0' && last <= '9') || last == '.';
      return decimal && Double.isFinite(number) && text.indexOf('x') < 0 && text.indexOf('X') < 0
          ? number
          : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean startsLikeOne(byte first) {
    return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
  }
}
