package dev.millrace.features.table;

import static java.lang.Math.PI;
import static java.lang.Math.abs;
import static java.lang.Math.cos;
import static java.lang.Math.exp;
import static java.lang.Math.log;
import static java.lang.Math.log10;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.pow;
import static java.lang.Math.rint;
import static java.lang.Math.signum;
import static java.lang.Math.sin;
import static java.lang.Math.sqrt;
import static java.lang.Math.tanh;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * The built-in transformers once more, as functions of a number in a column of one row a number.
 */
final class TransformerOracle {
  private final Map<String, DoubleUnaryOperator> functions = new LinkedHashMap<>();
  private final double[] sorted;

  TransformerOracle(double[] column) {
    sorted = column.clone();
    Arrays.sort(sorted);
    addDefault();
    addPowers();
    addExponentials();
    addTrigonometric();
    addScaled();
    addActivations();
  }

  Map<String, DoubleUnaryOperator> functions() {
    return functions;
  }

  private void addDefault() {
    functions.put("sqrt", Math::sqrt);
    functions.put("log1p", Math::log1p);
    functions.put("sqrt-abs", x -> sqrt(abs(x)));
    functions.put("log1p-abs", x -> Math.log1p(abs(x)));
    functions.put("signed-log", x -> x == 0 ? Double.NaN : signum(x) * log(abs(x)));
    functions.put("arcsinh", x -> signum(x) * log(abs(x) + Math.hypot(x, 1)));
    functions.put("log1p-sqrt", x -> Math.log1p(x) * sqrt(x));
    functions.put("log1p-bin100", x -> rint(100 * log(x + 1)));
    functions.put("nonzero", x -> x == 0 ? 0 : 1);
    functions.put("round-max", x -> rint(x / sorted[sorted.length - 1]));
  }

  private void addPowers() {
    functions.put("square", x -> x * x);
    functions.put("cube", x -> x * x * x);
    functions.put("fourth-power", x -> x * x * x * x);
    functions.put("fifth-power", x -> x * x * x * x * x);
    functions.put("cbrt", x -> signum(x) * pow(abs(x), 1.0 / 3));
    functions.put("fourth-root", x -> pow(x, 0.25));
    functions.put("inverse", x -> x == 0 ? 0 : 1 / x);
    functions.put("inverse-abs", x -> x == 0 ? 0 : abs(1 / x));
    functions.put("inverse-sqrt", x -> x == 0 ? 0 : sqrt(1 / x));
    functions.put("inverse-square", x -> x == 0 ? 0 : 1 / (x * x));
  }

  private void addExponentials() {
    functions.put("exp", Math::exp);
    functions.put("expm1", Math::expm1);
    functions.put("exp2", x -> pow(2, x));
    functions.put("exp-negative", x -> 1 - exp(-x));
    functions.put("exp-square", x -> exp(x * x));
    functions.put("bell", x -> exp(-(x * x)));
    functions.put("gumbel", x -> exp(-exp((0.5 - x) / 2)));
    functions.put("log2", x -> log(x) / log(2));
    functions.put("log10", Math::log10);
    functions.put("log1p-square", x -> Math.log1p(x * x));
    functions.put("log2-bin100", x -> rint(100 * log(x + 1) / log(2)));
    functions.put("log10-bin100", x -> rint(100 * log10(x + 1)));
    functions.put("boxcox-half", x -> x > 0 ? 2 * sqrt(x) - 2 : Double.NaN);
    functions.put("yeo-johnson-0", x -> x < 0 ? -Math.log1p(-x) : Math.log1p(x));
  }

  private void addTrigonometric() {
    functions.put("sin", Math::sin);
    functions.put("cos", Math::cos);
    functions.put("tan", Math::tan);
    functions.put("sec", x -> 1 / cos(x));
    functions.put("cosec", x -> 1 / sin(x));
    functions.put("cot", x -> 1 / Math.tan(x));
    functions.put("sin-plus-cos", x -> sin(x) + cos(x));
    functions.put("sinc", x -> x == 0 ? 1 : sin(PI * x) / (PI * x));
    functions.put("arcsin-clip", x -> Math.asin(max(-1, min(1, x))));
    functions.put("arccos-clip", x -> Math.acos(max(-1, min(1, x))));
    functions.put("arctan", Math::atan);
    functions.put("sinh", Math::sinh);
    functions.put("cosh", Math::cosh);
    functions.put("tanh", Math::tanh);
    functions.put("arccosh", x -> log(x + sqrt(x * x - 1)));
    functions.put("arctanh", x -> log((1 + x) / (1 - x)) / 2);
  }

  private double mean(DoubleUnaryOperator of) {
    return Arrays.stream(sorted).map(of).average().orElseThrow();
  }

  private double deviation(DoubleUnaryOperator of) {
    double mean = mean(of);
    return sqrt(mean(x -> pow(of.applyAsDouble(x) - mean, 2)));
  }

  private double percentile(double percent) {
    double position = percent / 100 * (sorted.length - 1);
    int lower = (int) position;
    int upper = min(lower + 1, sorted.length - 1);
    return sorted[lower] + (position - lower) * (sorted[upper] - sorted[lower]);
  }

  private double clip(double x, double low, double high) {
    return max(low, min(high, x));
  }

  private void addScaled() {
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    double lowAbs = Arrays.stream(sorted).map(Math::abs).min().orElseThrow();
    double highAbs = Arrays.stream(sorted).map(Math::abs).max().orElseThrow();
    functions.put("z-score", x -> (x - mean(y -> y)) / deviation(y -> y));
    functions.put("z-score-abs", x -> (abs(x) - mean(Math::abs)) / deviation(Math::abs));
    functions.put("min-max", x -> (x - low) / (high - low));
    functions.put("min-max-abs", x -> (abs(x) - lowAbs) / (highAbs - lowAbs));
    functions.put("round-median", x -> rint(x / percentile(50)));
    functions.put("clip-1-99", x -> clip(x, percentile(1), percentile(99)));
    functions.put("clip-5-95", x -> clip(x, percentile(5), percentile(95)));
    functions.put("clip-10-90", x -> clip(x, percentile(10), percentile(90)));
    functions.put("clip-25-75", x -> clip(x, percentile(25), percentile(75)));
    functions.put("clip-0-1", x -> clip(x, 0, 1));
    functions.put("clip-0-2", x -> clip(x, 0, 2));
  }

  private void addActivations() {
    functions.put("abs", Math::abs);
    functions.put("sign", Math::signum);
    functions.put("positive", x -> x > 0 ? 1 : 0);
    functions.put("negative", x -> x < 0 ? 1 : 0);
    functions.put("relu", x -> x > 0 ? x : 0);
    functions.put("negative-part", x -> x < 0 ? x : 0);
    functions.put("leaky-relu", x -> x > 0 ? x : x / 100);
    functions.put("elu", x -> x > 0 ? x : Math.expm1(x));
    functions.put("logistic", x -> 1 / (1 + exp(-x)));
    functions.put("shifted-logistic", x -> 1 / (1 + exp(-(x + 0.5))));
    functions.put("softplus", x -> Math.log1p(exp(x)));
    functions.put("softsign", x -> x / (1 + abs(x)));
    functions.put("swish", x -> x / (1 + exp(-x)));
    functions.put("gelu", x -> x / 2 * (1 + tanh(sqrt(2 / PI) * (x + 0.044715 * x * x * x))));
    functions.put("mish", x -> x * tanh(Math.log1p(exp(x))));
    functions.put("hard-sigmoid", x -> clip(x / 2 + 0.5, 0, 1));
    functions.put("hard-tanh", x -> clip(x, -1, 1));
  }
}
