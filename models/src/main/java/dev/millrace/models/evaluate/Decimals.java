package dev.millrace.models.evaluate;

/** How many decimals a reader of an uncertain number is served with. */
final class Decimals {
  /** Of a number whose uncertainty is not known. */
  static final int PLAIN = 4;

  private static final int MOST = 7;

  private Decimals() {}

  /** So many that two digits of the standard error show, but four at least. */
  static int of(double standardError) {
    if (!(standardError > 0)) {
      return PLAIN;
    }
    int decimals = 1 - (int) Math.floor(Math.log10(standardError));
    return Math.min(MOST, Math.max(PLAIN, decimals));
  }
}
