package dev.millrace.features.ranking;

import dev.millrace.features.catalog.FeatureCatalog;
import dev.millrace.features.catalog.Field;
import dev.millrace.features.catalog.FieldKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Ranks the fields of a catalogue by what they tell about a click, as OutRank does (Škrlj and
 * Mramor, RecSys 2023) but with the exact expectation of the noise. A numeric field counts by its
 * bucket, a multi-valued one by its whole list, a missing value as a value of its own.
 */
public final class FieldRanker {
  private static final int NOT_CLICKED = 0;
  private static final int CLICKED = 1;
  private static final int LABELS = 2;

  private static final Comparator<FieldScore> BEST_FIRST =
      Comparator.comparingDouble(FieldScore::score).reversed().thenComparing(FieldScore::feature);

  private final FeatureCatalog catalog;
  private final List<ContingencyTable<Object>> tables = new ArrayList<>();

  /**
   * A ranker that has seen no rows.
   *
   * @throws IllegalArgumentException if the catalogue is not fitted
   */
  public FieldRanker(FeatureCatalog catalog) {
    if (!catalog.isFitted()) {
      throw new IllegalArgumentException(
          "catalogue "
              + catalog.name()
              + " must have fitted bucketings before ranking, found some unfitted");
    }
    this.catalog = catalog;
    catalog.fields().forEach(field -> tables.add(new ContingencyTable<>(LABELS)));
  }

  /** Counts a row of values by field ordinal, null where missing. */
  public void add(Object[] values, boolean clicked) {
    for (Field field : catalog.fields()) {
      Object value = values[field.ordinal()];
      tables.get(field.ordinal()).add(counted(field, value), clicked ? CLICKED : NOT_CLICKED, 1);
    }
  }

  /** The fields, best first. */
  public List<FieldScore> rank() {
    return catalog.fields().stream()
        .map(field -> score(field, tables.get(field.ordinal())))
        .sorted(BEST_FIRST)
        .toList();
  }

  private static Object counted(Field field, Object value) {
    if (value == null) {
      return null;
    }
    return field.kind() == FieldKind.MULTI_VALUED
        ? List.copyOf((List<?>) value)
        : field.discrete(value);
  }

  private static FieldScore score(Field field, ContingencyTable<Object> table) {
    long rows = table.rows();
    long missing = table.rows(null);
    double information = table.mutualInformationNats();
    double noise = table.expectedMutualInformationNats();
    return new FieldScore(
        field.name(),
        information - noise,
        information,
        noise,
        table.cardinality() - (missing > 0 ? 1 : 0),
        rows == 0 ? 0 : (double) (rows - missing) / rows,
        rows);
  }
}
