package dev.millrace.features.ranking;

/**
 * How much two fields tell about each other, whatever the label.
 *
 * @param mutualInformationNats plug-in estimate, &gt;= 0
 * @param expectedNats its exact expectation if the two are independent, &gt;= 0
 * @param adjusted adjusted mutual information: 0 for chance, 1 for one-to-one, two constants among
 *     them (Vinh, Epps and Bailey 2010, arithmetic mean of the entropies)
 * @param normalised mutual information by the mean of the entropies, in [0,1]; 1 for two constants
 */
public record Association(
    double mutualInformationNats, double expectedNats, double adjusted, double normalised) {}
