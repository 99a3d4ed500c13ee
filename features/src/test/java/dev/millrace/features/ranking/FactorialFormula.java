package dev.millrace.features.ranking;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Expected mutual information as Vinh, Epps and Bailey (2010) print it, in exact factorials. */
final class FactorialFormula {
  private FactorialFormula() {}

  static double expectedNats(long[] a, long[] b) {
    long n = 0;
    for (long count : a) {
      n += count;
    }
    double sum = 0;
    for (long ai : a) {
      for (long bj : b) {
        for (long k = Math.max(1, ai + bj - n); k <= Math.min(ai, bj); k++) {
          double term = (double) k / n * Math.log((double) n * k / ((double) ai * bj));
          sum += term * probability(n, ai, bj, k);
        }
      }
    }
    return sum;
  }

  private static double probability(long n, long a, long b, long k) {
    BigInteger ways =
        factorial(a).multiply(factorial(b)).multiply(factorial(n - a)).multiply(factorial(n - b));
    BigInteger deals =
        factorial(n)
            .multiply(factorial(k))
            .multiply(factorial(a - k))
            .multiply(factorial(b - k))
            .multiply(factorial(n - a - b + k));
    return new BigDecimal(ways).divide(new BigDecimal(deals), MathContext.DECIMAL64).doubleValue();
  }

  private static BigInteger factorial(long n) {
    BigInteger product = BigInteger.ONE;
    for (long i = 2; i <= n; i++) {
      product = product.multiply(BigInteger.valueOf(i));
    }
    return product;
  }
}
