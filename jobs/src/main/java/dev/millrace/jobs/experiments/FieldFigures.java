package dev.millrace.jobs.experiments;

import dev.millrace.features.ranking.FeatureRanking;
import dev.millrace.features.ranking.RankedField;
import dev.millrace.features.ranking.Relevance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the criteria say of a field, from the training part of one split.
 *
 * @param field its name
 * @param score mutual information less what chance shows (nats)
 * @param adjusted mutual information adjusted for chance, 1 for a copy of the label
 * @param mutualInformation as counted (nats)
 * @param gate mean gate, see {@link FieldGates}
 */
record FieldFigures(
    String field, double score, double adjusted, double mutualInformation, double gate) {

  /**
   * Figures of the fields that have a gate.
   *
   * @param counted its other fields are passed over
   * @param gates mean gate by field
   */
  static List<FieldFigures> of(FeatureRanking counted, Map<String, Double> gates) {
    List<FieldFigures> figures = new ArrayList<>();
    for (RankedField field : counted.fields()) {
      if (gates.containsKey(field.feature())) {
        Relevance relevance = field.relevance();
        figures.add(
            new FieldFigures(
                field.feature(),
                relevance.score(),
                relevance.adjusted(),
                relevance.mutualInformationNats(),
                gates.get(field.feature())));
      }
    }
    return figures;
  }
}
