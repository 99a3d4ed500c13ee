package dev.millrace.jobs.experiments;

import java.util.Comparator;
import java.util.List;

/** A figure by which fields are ranked. */
enum FieldCriterion {
  /** The order of {@code millrace rank-features}. */
  SCORE("score"),
  ADJUSTED("adjusted"),
  MUTUAL_INFORMATION("mutual information"),
  GATE("OptFS gate");

  private final String title;

  FieldCriterion(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  double of(FieldFigures figures) {
    return switch (this) {
      case SCORE -> figures.score();
      case ADJUSTED -> figures.adjusted();
      case MUTUAL_INFORMATION -> figures.mutualInformation();
      case GATE -> figures.gate();
    };
  }

  /** Names of the fields, best first; equal ones by name. */
  List<String> order(List<FieldFigures> fields) {
    return fields.stream()
        .sorted(Comparator.comparingDouble(this::of).reversed().thenComparing(FieldFigures::field))
        .map(FieldFigures::field)
        .toList();
  }
}
