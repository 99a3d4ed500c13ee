package dev.millrace.jobs.experiments;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the experiment on fields found: figures of the fields, and AUCs of the best K of them. */
final class FieldsResult {
  private final Map<String, List<FieldFigures>> figures = new LinkedHashMap<>();
  private final Map<String, List<List<Trial>>> curves = new LinkedHashMap<>();

  /** Adds the figures of one seed. */
  void add(List<FieldFigures> fields) {
    for (FieldFigures field : fields) {
      figures.computeIfAbsent(field.field(), key -> new ArrayList<>()).add(field);
    }
  }

  /**
   * Adds trials along one order of fields.
   *
   * @param trials of the best field, the best two, and so on to all
   */
  void add(String ranking, List<Trial> trials) {
    List<List<Trial>> curve = curves.computeIfAbsent(ranking, key -> new ArrayList<>());
    for (int i = 0; i < trials.size(); i++) {
      if (curve.size() == i) {
        curve.add(new ArrayList<>());
      }
      curve.get(i).add(trials.get(i));
    }
  }

  /** Figures of each seed by field. */
  Map<String, List<FieldFigures>> figures() {
    return figures;
  }

  /** Trials by ranking, then by number of fields less 1: one a seed, or one a seed and order. */
  Map<String, List<List<Trial>>> curves() {
    return curves;
  }
}
