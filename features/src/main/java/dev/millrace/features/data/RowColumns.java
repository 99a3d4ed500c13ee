package dev.millrace.features.data;

import java.util.Objects;
import java.util.Optional;

/**
 * The columns of a data set that are no fields.
 *
 * @param label 1 or 0; absent where rows are only scored
 * @param group rows of the same value are ranked against each other, such as those of a user
 * @param time when a row came to be
 */
public record RowColumns(Optional<String> label, Optional<String> group, Optional<String> time) {

  public RowColumns {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(time, "time");
  }

  /** A label and nothing else. */
  public static RowColumns ofLabel(String label) {
    return new RowColumns(Optional.of(label), Optional.empty(), Optional.empty());
  }
}
