package dev.millrace.features.ranking;

import org.apache.commons.numbers.gamma.Erfc;

/**
 * What a field, or several joined to one, tell about the label, beside what they would show by
 * chance.
 *
 * <p>The p-value is that of the mutual information, see {@link IndependenceModel}; that of the
 * shifted score is by a normal law. The standard error is the square root of the sum of two
 * variances: that of a sample with this dependence (the delta method: the variance of {@code
 * ln(p(x,y) / p(x)p(y))} over the rows, by their number, less what it would be by chance), and that
 * under independence.
 */
public final class RelevanceEstimator {
  private static final double SQRT_2 = Math.sqrt(2);
  private static final double ROUNDING = 1e-10;

  private RelevanceEstimator() {}

  /** Mutual information less its exact expectation under independence with the same counts. */
  public static Relevance expected(CountProfile profile) {
    return expected(profile, new IndependenceModel(profile.labelTotals()));
  }

  /**
   * As {@link #expected(CountProfile)}, for many profiles over the same rows.
   *
   * @param model of the profile's label
   */
  public static Relevance expected(CountProfile profile, IndependenceModel model) {
    Observed observed = Observed.of(profile, model);
    double score = observed.excess();
    return observed.relevance(score, observed.information() - score);
  }

  /**
   * Plain mutual information.
   *
   * @param model of the profile's label
   */
  public static Relevance plain(CountProfile profile, IndependenceModel model) {
    Observed observed = Observed.of(profile, model);
    return observed.relevance(observed.information(), 0);
  }

  /**
   * OutRank's score. Its spread under independence is that of two mutual informations and of the
   * entropy of the shifted rows, some of which are drawn twice and some never, {@code sum_l n_l/n
   * (1 - n_l/n) Var(ln p(x)) / n}: for one batch of rows in random order.
   *
   * @param shiftedScore as {@link ShiftedScore} and {@link BatchMedian} give it, nats
   * @param model of the profile's label
   */
  public static Relevance shifted(
      CountProfile profile, double shiftedScore, IndependenceModel model) {
    Observed observed = Observed.of(profile, model);
    double deviation = Math.hypot(SQRT_2 * observed.nullDeviation(), redrawn(profile));
    return new Relevance(
        shiftedScore,
        observed.information(),
        observed.information() - shiftedScore,
        Math.hypot(observed.samplingError(), deviation),
        deviation,
        deviation == 0 ? 1 : Erfc.value(shiftedScore / (deviation * SQRT_2)) / 2,
        observed.adjusted());
  }

  private static double redrawn(CountProfile profile) {
    double rows = profile.rows();
    double mean = 0;
    double squares = 0;
    for (int i = 0; i < profile.size(); i++) {
      double share = profile.multiplicity(i) * (profile.total(i) / rows);
      double log = Math.log(profile.total(i) / rows);
      mean += share * log;
      squares += share * log * log;
    }
    // Where all values are equally frequent, what is left is rounding.
    double spread = squares - mean * mean;
    double variance = spread > ROUNDING * squares ? spread : 0;
    double redraws = 0;
    for (long total : profile.labelTotals()) {
      redraws += total / rows * (1 - total / rows);
    }
    return rows == 0 ? 0 : Math.sqrt(redraws * variance / rows);
  }

  /** Plug-in mutual information of the values and the label, nats, &gt;= 0. */
  static double mutualInformationNats(CountProfile profile) {
    return PointwiseInformation.of(profile).meanNats();
  }

  /**
   * A profile and its chance.
   *
   * @param excess information less its expectation; exactly 0 where the margins fix it
   * @param samplingError standard error of the information for its dependence alone
   * @param nullDeviation standard deviation under independence
   */
  private record Observed(
      double information,
      double excess,
      double samplingError,
      double nullDeviation,
      double pValue,
      double adjusted) {

    static Observed of(CountProfile profile, IndependenceModel model) {
      PointwiseInformation pointwise = PointwiseInformation.of(profile);
      Margins values = Margins.of(profile);
      IndependenceModel.Chance chance = model.of(values);
      double information = pointwise.meanNats();
      double expected = chance.meanNats();
      boolean fixed = chance.deviationNats() == 0;
      double excess = fixed ? 0 : information - expected;
      double spread = pointwise.varianceNats() - (chance.squaredLogs() - expected * expected);
      double bound = (values.entropyNats() + model.entropyNats()) / 2;
      return new Observed(
          information,
          excess,
          fixed || spread <= 0 ? 0 : Math.sqrt(spread / model.rows()),
          chance.deviationNats(),
          model.pValue(values, information, chance),
          fixed ? 0 : excess / (bound - expected));
    }

    Relevance relevance(double score, double noise) {
      return new Relevance(
          score,
          information,
          noise,
          Math.hypot(samplingError, nullDeviation),
          nullDeviation,
          pValue,
          adjusted);
    }
  }
}
