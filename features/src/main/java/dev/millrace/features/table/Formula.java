package dev.millrace.features.table;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** A function of a column of numbers: of each number, and of statistics of the column. */
@FunctionalInterface
interface Formula {

  /** What it makes of each number of the column; no array that it was given is changed. */
  double[] over(NumericColumn column);

  /** The number itself. */
  static Formula identity() {
    return NumericColumn::values;
  }

  static Formula constant(double value) {
    return column -> filled(column, value);
  }

  static Formula map(DoubleUnaryOperator function, Formula argument) {
    return column -> Arrays.stream(argument.over(column)).map(function).toArray();
  }

  static Formula zip(DoubleBinaryOperator function, Formula left, Formula right) {
    return column -> {
      double[] a = left.over(column);
      double[] b = right.over(column);
      double[] results = new double[a.length];
      Arrays.setAll(results, i -> function.applyAsDouble(a[i], b[i]));
      return results;
    };
  }

  /** One of two, by whether a third is other than 0. */
  static Formula choice(Formula condition, Formula then, Formula otherwise) {
    return column -> {
      double[] test = condition.over(column);
      double[] a = then.over(column);
      double[] b = otherwise.over(column);
      double[] results = new double[test.length];
      Arrays.setAll(results, i -> test[i] != 0 ? a[i] : b[i]);
      return results;
    };
  }

  /** A statistic over the rows of the column. */
  static Formula statistic(ToDoubleFunction<NumericColumn> of, Formula argument) {
    return column -> filled(column, of.applyAsDouble(column.with(argument.over(column))));
  }

  private static double[] filled(NumericColumn column, double value) {
    double[] results = new double[column.size()];
    Arrays.fill(results, value);
    return results;
  }
}
