package dev.millrace.models.onnx;

/** IEEE 754 binary16, which the library of Java 17 does not convert. */
final class Half {
  private static final int FLOAT_MANTISSA_BITS = 23;
  private static final int MANTISSA_BITS = 10;
  private static final int DROPPED_BITS = FLOAT_MANTISSA_BITS - MANTISSA_BITS;
  private static final int MAX_EXPONENT = 15;
  private static final int MIN_EXPONENT = -14;

  /** Of the exponents' biases, 127 and 15. */
  private static final int BIAS_DIFFERENCE = Float.MAX_EXPONENT - MAX_EXPONENT;

  private static final int INFINITY = 0x7C00;
  private static final int QUIET_NAN = 0x7E00;
  private static final int SIGN = 0x8000;

  private Half() {}

  /** The nearest half, ties to even; too large a value becomes infinite. */
  static short of(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & SIGN;
    if (Float.isNaN(value)) {
      return (short) (sign | QUIET_NAN);
    }
    return (short) (sign | magnitude(Math.abs(value)));
  }

  private static int magnitude(float value) {
    int exponent = Math.getExponent(value);
    if (exponent > MAX_EXPONENT) {
      return INFINITY;
    }
    if (exponent < MIN_EXPONENT) {
      // A multiple of the smallest half, 2^-24; the product is exact, and rint takes ties to even.
      return (int) Math.rint(Math.scalb((double) value, MANTISSA_BITS - MIN_EXPONENT));
    }
    int bits = Float.floatToIntBits(value) - (BIAS_DIFFERENCE << FLOAT_MANTISSA_BITS);
    int kept = bits >>> DROPPED_BITS;
    int dropped = bits & ((1 << DROPPED_BITS) - 1);
    int tie = 1 << (DROPPED_BITS - 1);
    // A carry runs into the exponent, and at its end into infinity, as it has to.
    return dropped > tie || (dropped == tie && (kept & 1) == 1) ? kept + 1 : kept;
  }

  static float toFloat(short half) {
    int magnitude = half & (SIGN - 1);
    int exponent = magnitude >> MANTISSA_BITS;
    int mantissa = magnitude & ((1 << MANTISSA_BITS) - 1);
    float value;
    if (exponent == 0) {
      value = Math.scalb((float) mantissa, MIN_EXPONENT - MANTISSA_BITS);
    } else if (magnitude >= INFINITY) {
      value = mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      value = Float.intBitsToFloat(magnitude << DROPPED_BITS) * Math.scalb(1f, BIAS_DIFFERENCE);
    }
    return (half & SIGN) == 0 ? value : -value;
  }
}
