package dev.millrace.features.table;

/**
 * A function of a numeric column.
 *
 * @param name unique; what it makes of the column {@code price} is the field {@code name(price)}
 * @param formula results that are not finite are taken for one value, and -0 for 0
 */
record NumericTransformer(String name, Formula formula) {

  /** What the field is called that it makes of a column. */
  String fieldName(String column) {
    return name + "(" + column + ")";
  }

  /** Its result for each number of a column. */
  double[] over(NumericColumn column) {
    double[] results = formula.over(column).clone();
    for (int i = 0; i < results.length; i++) {
      results[i] = Double.isFinite(results[i]) ? results[i] + 0.0 : Double.NaN;
    }
    return results;
  }
}
