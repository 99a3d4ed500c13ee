package dev.millrace.jobs.cli;

import dev.millrace.jobs.scoring.RowScorer;
import dev.millrace.models.data.Part;
import dev.millrace.models.data.Split;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a part of the split that a bundle was trained with.
 *
 * @param training provenance of the bundle
 */
record EvaluatedPart(Map<String, String> training, RowScorer.Selection selection) {
  private static final String DIGEST = "data.sha256";
  private static final String ROWS = "rows.";

  /**
   * Reads the option.
   *
   * @param training provenance of the bundle
   * @param withTime whether the rows have a time
   * @return empty for all rows
   * @throws UsageException if there is no such part, or it needs the time
   */
  static Optional<EvaluatedPart> of(String name, Map<String, String> training, boolean withTime) {
    if (name.equals("all")) {
      return Optional.empty();
    }
    Part part =
        Arrays.stream(Part.values())
            .filter(known -> known.toString().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--part must be all, training, validation or test, found " + name));
    Split split = Split.of(training);
    if (split.readsTime() && !withTime) {
      throw new UsageException("--time must be given for a split by time, found none");
    }
    return Optional.of(new EvaluatedPart(training, new RowScorer.Selection(split, part)));
  }

  /**
   * Refuses rows that are not those of the training: a part of others would hold rows that the
   * network was trained on.
   */
  void requireRows(long found) {
    String rows = training.get(ROWS + selection.part());
    if (!Long.toString(found).equals(rows)) {
      throw new UsageException(
          "--part %s must hold the %s rows it had in training, found %d: the data are others, or"
                  .formatted(selection.part(), rows, found)
              + " --drop-missing is");
    }
  }

  /** Whether a bundle has seen no row of this part either. */
  boolean isOf(Map<String, String> other) {
    return other.entrySet().containsAll(selection.split().configuration().entrySet())
        && training.getOrDefault(DIGEST, "").equals(other.get(DIGEST));
  }
}
