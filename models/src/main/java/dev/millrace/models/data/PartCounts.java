package dev.millrace.models.data;

/**
 * How many rows a part has.
 *
 * @param rows at least 0
 * @param positives rows whose label is 1
 */
public record PartCounts(long rows, long positives) {
  static final PartCounts NONE = new PartCounts(0, 0);

  /**
   * @throws IllegalArgumentException naming the component, the rule and the value found
   */
  public PartCounts {
    if (positives < 0 || positives > rows) {
      throw new IllegalArgumentException(
          "positives must be in [0, rows], found %d of %d".formatted(positives, rows));
    }
  }

  PartCounts plus(boolean label) {
    return new PartCounts(rows + 1, positives + (label ? 1 : 0));
  }

  /** Refuses rows from which nothing can be learned. */
  void requireBothLabels(Part part) {
    requireRows(part);
    if (positives == 0 || positives == rows) {
      throw new DataException(
          "%s must have rows of both labels, found %d of label 0 and %d of label 1"
              .formatted(part, rows - positives, positives));
    }
  }

  void requireRows(Part part) {
    if (rows == 0) {
      throw new DataException(part + " must have a row, found none");
    }
  }
}
