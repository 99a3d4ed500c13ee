package dev.millrace.features.quality;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.catalog.FieldKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The form in which values are counted: a numeric field by its bucket, a multi-valued one by its
 * whole list.
 */
public final class DiscreteValues {
  private final List<Field> fields;

  /**
   * @throws IllegalArgumentException if the catalogue is not fitted
   */
  public DiscreteValues(FeatureCatalog catalog) {
    if (!catalog.isFitted()) {
      throw new IllegalArgumentException(
          "catalogue "
              + catalog.name()
              + " must have fitted bucketings before ranking, found some unfitted");
    }
    this.fields = catalog.fields();
  }

  /**
   * The counted form of a row.
   *
   * @param values by field ordinal, null where missing
   * @return as many, null where missing
   */
  public List<String> of(Object[] values) {
    String[] discrete = new String[values.length];
    for (Field field : fields) {
      Object value = values[field.ordinal()];
      discrete[field.ordinal()] = value == null ? null : discrete(field, value);
    }
    return Arrays.asList(discrete);
  }

  private static String discrete(Field field, Object value) {
    return field.kind() == FieldKind.MULTI_VALUED
        ? ((List<?>) value).stream().map(e -> escape((String) e)).collect(Collectors.joining(","))
        : field.discrete(value);
  }

  /** So that no two lists are joined to the same string. */
  private static String escape(String element) {
    return element.replace("\\", "\\\\").replace(",", "\\,");
  }
}
