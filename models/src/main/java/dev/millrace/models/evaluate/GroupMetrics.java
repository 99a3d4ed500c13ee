package dev.millrace.models.evaluate;

import java.util.OptionalDouble;

/**
 * How well a model ranks within groups, such as the impressions of a user.
 *
 * @param groups groups
 * @param rankedGroups groups with a click and a non-click; others have no AUC and are left out of
 *     it
 * @param clickedGroups groups with a click; others have no NDCG and are left out of it
 * @param gauc mean AUC of the ranked groups weighted by their rows (Zhou et al., "Deep Interest
 *     Network for Click-Through Rate Prediction", KDD 2018, section 6.2); empty without ranked
 *     groups
 * @param meanAuc unweighted mean AUC of the ranked groups
 * @param ndcgCutoff k of NDCG@k
 * @param ndcg mean NDCG@k of the clicked groups, ties by expectation
 */
public record GroupMetrics(
    int groups,
    int rankedGroups,
    int clickedGroups,
    OptionalDouble gauc,
    OptionalDouble meanAuc,
    int ndcgCutoff,
    OptionalDouble ndcg) {

  static GroupMetrics of(GroupScores scores, int ndcgCutoff) {
    int ranked = 0;
    int clicked = 0;
    double weighted = 0;
    double plain = 0;
    double gain = 0;
    long rows = 0;
    for (int group = 0; group < scores.groups(); group++) {
      if (!Double.isNaN(scores.auc(group))) {
        weighted += scores.rows(group) * scores.auc(group);
        plain += scores.auc(group);
        rows += scores.rows(group);
        ranked++;
      }
      if (!Double.isNaN(scores.ndcg(group))) {
        gain += scores.ndcg(group);
        clicked++;
      }
    }
    return new GroupMetrics(
        scores.groups(),
        ranked,
        clicked,
        ratio(weighted, rows),
        ratio(plain, ranked),
        ndcgCutoff,
        ratio(gain, clicked));
  }

  private static OptionalDouble ratio(double sum, long count) {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }
}
