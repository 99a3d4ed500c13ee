package dev.millrace.features.ranking;

/**
 * How much a field tells about the label.
 *
 * @param feature name of the field
 * @param score {@code mutualInformationNats - noiseNats}; around 0 for a field that tells nothing
 * @param mutualInformationNats plug-in estimate, &gt;= 0
 * @param noiseNats what a field of the same counts shows on average if it tells nothing, &gt;= 0
 * @param cardinality distinct values seen, a missing value not counted
 * @param coverage share of the rows with a value, in [0,1]
 * @param rows rows counted
 */
public record FieldScore(
    String feature,
    double score,
    double mutualInformationNats,
    double noiseNats,
    long cardinality,
    double coverage,
    long rows) {}
