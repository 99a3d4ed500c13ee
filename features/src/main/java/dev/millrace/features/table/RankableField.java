package dev.millrace.features.table;

import dev.millrace.features.ranking.CountProfile;
import dev.millrace.features.ranking.FieldQuality;
import dev.millrace.features.ranking.Trait;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A field that has been counted, or made of one that has.
 *
 * @param origin see {@link dev.millrace.features.ranking.RankedField}
 * @param byWeight profiles of the values of one weight, where values were sampled, else empty
 * @param shifted score against the shifted baseline, where it was asked for
 * @param traits that do not come of the score
 * @param heuristics other scores by name
 */
record RankableField(
    String name,
    String origin,
    CountProfile profile,
    Map<Long, CountProfile> byWeight,
    FieldQuality quality,
    OptionalDouble shifted,
    List<Trait> traits,
    Map<String, Double> heuristics) {}
