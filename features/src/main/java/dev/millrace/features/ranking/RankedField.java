package dev.millrace.features.ranking;

import java.util.List;
import java.util.Map;

/**
 * A field, what it tells about the label, and the state of its data.
 *
 * @param feature name of the field
 * @param origin {@code field}, or how it was made: {@code transform}, {@code explode}, {@code
 *     subfeature}, {@code control}
 * @param relevance what it tells about the label
 * @param quality the state of its data
 * @param traits what else it is, in the order of {@link Trait.Kind}
 * @param heuristics other scores by name, in the order they were asked for
 */
public record RankedField(
    String feature,
    String origin,
    Relevance relevance,
    FieldQuality quality,
    List<Trait> traits,
    Map<String, Double> heuristics) {

  public RankedField {
    traits = List.copyOf(traits);
  }

  /** Whether the field is of this kind. */
  public boolean is(Trait.Kind kind) {
    return traits.stream().anyMatch(trait -> trait.kind() == kind);
  }
}
