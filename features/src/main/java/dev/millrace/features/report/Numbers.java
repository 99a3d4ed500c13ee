package dev.millrace.features.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as a reader meets them. No formatter of the JDK: loading one costs more than a whole
 * table.
 */
public final class Numbers {
  /** Micro-nats: the scores of a rare click are of the order of 1e-5. */
  private static final int NATS_DECIMALS = 6;

  /** Below it the tails of a p-value depend on approximations. */
  private static final double LEAST_P_VALUE = 1e-16;

  private Numbers() {}

  /** A score or another quantity in nats, to the micro-nat. */
  public static String nats(double value) {
    return fixed(value, NATS_DECIMALS);
  }

  /** A number with so many decimals, or {@code -} if it is none. */
  public static String fixed(double value, int decimals) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString()
        : "-";
  }

  /** A number to four significant digits, without trailing zeros. */
  public static String brief(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    double magnitude = Math.abs(value);
    if (magnitude > 0 && (magnitude < 1e-4 || magnitude >= 1e9)) {
      return scientific(value, 3);
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(4));
    // The digits before the point are kept even where they are more than four.
    BigDecimal shown = magnitude >= 1000 ? BigDecimal.valueOf(Math.rint(value)) : rounded;
    return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
  }

  /** A share in [0,1] as a percentage; what is neither nothing nor all never looks like it. */
  public static String percent(double share) {
    if (!Double.isFinite(share)) {
      return "-";
    }
    if (share > 0 && share < 0.0005) {
      return "<0.1%";
    }
    if (share < 1 && share > 0.9995) {
      return ">99.9%";
    }
    return fixed(100 * share, 1) + "%";
  }

  /** A p-value. */
  public static String pValue(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    if (value < LEAST_P_VALUE) {
      return "<1e-16";
    }
    return value < 0.001 ? scientific(value, 1) : fixed(value, 3);
  }

  /** A count with its thousands set apart. */
  public static String count(long value) {
    StringBuilder digits = new StringBuilder(Long.toString(value));
    int first = value < 0 ? 1 : 0;
    for (int at = digits.length() - 3; at > first; at -= 3) {
      digits.insert(at, ',');
    }
    return digits.toString();
  }

  /** A length in a drawing, to the hundredth. */
  public static String length(double value) {
    long hundredths = Math.round(value * 100);
    return hundredths % 100 == 0
        ? Long.toString(hundredths / 100)
        : Double.toString(hundredths / 100.0);
  }

  private static String scientific(double value, int digits) {
    BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(digits));
    BigDecimal stripped = rounded.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    return stripped.movePointLeft(exponent).toPlainString() + "e" + exponent;
  }
}
