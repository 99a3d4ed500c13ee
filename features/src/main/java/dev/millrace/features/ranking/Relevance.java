package dev.millrace.features.ranking;

/**
 * What a field, or several together, tell about the label.
 *
 * @param score nats: mutual information less the baseline; around 0 for a field that tells nothing
 * @param mutualInformationNats plug-in estimate, &gt;= 0
 * @param noiseNats the baseline: what a field of the same counts shows if it tells nothing, &gt;= 0
 * @param standardError of the score, nats: sampling error and the spread under independence
 * @param nullDeviation standard deviation of the score if the field tells nothing, nats
 * @param pValue probability of a score at least this high if the field tells nothing, in [0,1]
 * @param adjusted mutual information adjusted for chance, 1 for a copy of the label (Vinh, Epps and
 *     Bailey 2010, arithmetic mean of the entropies)
 */
public record Relevance(
    double score,
    double mutualInformationNats,
    double noiseNats,
    double standardError,
    double nullDeviation,
    double pValue,
    double adjusted) {

  /** Two-sided normal quantile of a 99% interval. */
  private static final double Z_99 = 2.5758293035489004;

  /** Lower end of the score's 99% interval, nats. */
  public double lower() {
    return score - Z_99 * standardError;
  }

  /** Upper end of the score's 99% interval, nats. */
  public double upper() {
    return score + Z_99 * standardError;
  }
}
