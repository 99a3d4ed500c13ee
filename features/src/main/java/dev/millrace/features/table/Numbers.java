package dev.millrace.features.table;

import java.nio.charset.StandardCharsets;

/** Numbers in text. */
final class Numbers {
  private Numbers() {}

  /** A finite decimal number; NaN for anything else. */
  static double parse(byte[] bytes) {
    if (bytes.length == 0 || !startsLikeOne(bytes[0])) {
      return Double.NaN;
    }
    try {
      double number = Double.parseDouble(new String(bytes, StandardCharsets.UTF_8));
      byte last = bytes[bytes.length - 1];
      // parseDouble takes Java's 1d, 1f and blanks as well.
      return Double.isFinite(number) && ((last >= '0' && last <= '9') || last == '.')
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
