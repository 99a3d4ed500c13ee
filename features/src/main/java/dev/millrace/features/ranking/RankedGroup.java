package dev.millrace.features.ranking;

import java.util.List;

/**
 * Two or three fields taken together as one.
 *
 * @param features their names
 * @param relevance what they tell about the label together
 * @param cardinality combinations of values that occur
 * @param gainNats score of the group less the best score of a single one of its fields
 * @param interactionNats interaction information {@code I(A;Y) + I(B;Y) - I(A,B;Y)} of a pair, in
 *     scores: negative where the two tell more together than apart (synergy), positive where they
 *     tell the same (redundancy); for three fields {@code I(A;Y) + I(B;Y) + I(C;Y) - I(A,B;Y) -
 *     I(A,C;Y) - I(B,C;Y) + I(A,B,C;Y)}
 * @param conditionalNats conditional mutual information of each field of a pair and the label given
 *     the other, {@code I(A;Y|B)} and {@code I(B;Y|A)}, in scores: what it adds for one who knows
 *     the other; empty for three
 * @param similarity adjusted mutual information of the two fields of a pair with each other,
 *     whatever the label; NaN for three
 * @param redundancyNats mutual information of the two with each other less its expectation; NaN for
 *     three
 */
public record RankedGroup(
    List<String> features,
    Relevance relevance,
    long cardinality,
    double gainNats,
    double interactionNats,
    List<Double> conditionalNats,
    double similarity,
    double redundancyNats) {

  public RankedGroup {
    features = List.copyOf(features);
    conditionalNats = List.copyOf(conditionalNats);
  }
}
