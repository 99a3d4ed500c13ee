package dev.millrace.features.table;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * The functions that a formula may call, under the names that NumPy has for them. {@link
 * StrictMath} gives the same result on every machine, and so the same fields.
 */
final class FormulaFunctions {
  private static final Map<String, DoubleUnaryOperator> OF_ONE =
      Map.ofEntries(
          Map.entry("abs", Math::abs),
          Map.entry("absolute", Math::abs),
          Map.entry("arccos", StrictMath::acos),
          Map.entry("arccosh", x -> StrictMath.log(x + Math.sqrt(x * x - 1))),
          Map.entry("arcsin", StrictMath::asin),
          Map.entry("arcsinh", FormulaFunctions::arcsinh),
          Map.entry("arctan", StrictMath::atan),
          Map.entry("arctanh", x -> 0.5 * (StrictMath.log1p(x) - StrictMath.log1p(-x))),
          Map.entry("cbrt", StrictMath::cbrt),
          Map.entry("ceil", Math::ceil),
          Map.entry("cos", StrictMath::cos),
          Map.entry("cosh", StrictMath::cosh),
          Map.entry("exp", StrictMath::exp),
          Map.entry("exp2", x -> StrictMath.pow(2, x)),
          Map.entry("expm1", StrictMath::expm1),
          Map.entry("floor", Math::floor),
          Map.entry("log", StrictMath::log),
          Map.entry("log10", StrictMath::log10),
          Map.entry("log1p", StrictMath::log1p),
          Map.entry("log2", x -> StrictMath.log(x) / StrictMath.log(2)),
          Map.entry("round", Math::rint),
          Map.entry("sign", Math::signum),
          Map.entry("sin", StrictMath::sin),
          Map.entry("sinh", StrictMath::sinh),
          Map.entry("sqrt", Math::sqrt),
          Map.entry("square", x -> x * x),
          Map.entry("tan", StrictMath::tan),
          Map.entry("tanh", StrictMath::tanh));

  private static final Map<String, DoubleBinaryOperator> OF_TWO =
      Map.of(
          "maximum", Math::max,
          "minimum", Math::min,
          "power", StrictMath::pow,
          "round",
              (x, digits) ->
                  Math.rint(x * StrictMath.pow(10, digits)) / StrictMath.pow(10, digits));

  private static final Map<String, ToDoubleFunction<NumericColumn>> STATISTICS =
      Map.of(
          "max", NumericColumn::maximum,
          "mean", NumericColumn::mean,
          "median", column -> column.percentile(50),
          "min", NumericColumn::minimum,
          "std", NumericColumn::standardDeviation,
          "var", NumericColumn::variance);

  private FormulaFunctions() {}

  /** A call; null if there is no function of that name with so many arguments. */
  static Formula call(String name, List<Formula> arguments) {
    return switch (arguments.size()) {
      case 1 -> ofOne(name, arguments.get(0));
      case 2 -> ofTwo(name, arguments.get(0), arguments.get(1));
      case 3 -> ofThree(name, arguments.get(0), arguments.get(1), arguments.get(2));
      default -> null;
    };
  }

  private static Formula ofOne(String name, Formula x) {
    if (STATISTICS.containsKey(name)) {
      return Formula.statistic(STATISTICS.get(name), x);
    }
    return OF_ONE.containsKey(name) ? Formula.map(OF_ONE.get(name), x) : null;
  }

  private static Formula ofTwo(String name, Formula x, Formula y) {
    if (name.equals("percentile")) {
      return column -> Formula.statistic(of -> of.percentile(y.over(column)[0]), x).over(column);
    }
    return OF_TWO.containsKey(name) ? Formula.zip(OF_TWO.get(name), x, y) : null;
  }

  private static Formula ofThree(String name, Formula x, Formula y, Formula z) {
    return switch (name) {
      case "clip" -> Formula.zip(Math::min, Formula.zip(Math::max, x, y), z);
      case "where" -> Formula.choice(x, y, z);
      default -> null;
    };
  }

  /** Without the cancellation of log(x + sqrt(x^2 + 1)) at negative numbers. */
  private static double arcsinh(double x) {
    double magnitude = Math.abs(x);
    // Beyond, the 1 under the root is lost, and the square may overflow.
    double result =
        magnitude > 1e8
            ? StrictMath.log(magnitude) + StrictMath.log(2)
            : StrictMath.log(magnitude + Math.sqrt(magnitude * magnitude + 1));
    return Math.copySign(result, x);
  }
}
