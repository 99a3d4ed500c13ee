package dev.millrace.models.evaluate;

import java.util.Arrays;

/** How well each group is ranked within itself; NaN where a group does not tell. */
final class GroupScores {
  private final int[] rows;
  private final double[] auc;
  private final double[] ndcg;

  private GroupScores(int groups) {
    rows = new int[groups];
    auc = new double[groups];
    ndcg = new double[groups];
  }

  /** Scores each unit, in time linear in the rows. */
  static GroupScores of(ScoreOrder order, Units units, int ndcgCutoff) {
    GroupScores scores = new GroupScores(units.count());
    // Filled in descending order of score, each group's slice holds its rows best first.
    int[] ends = starts(order, units);
    int[] ranks = new int[order.size()];
    for (int rank = order.size() - 1; rank >= 0; rank--) {
      ranks[ends[units.ofRow(order.row(rank))]++] = rank;
    }
    Ndcg ndcg = new Ndcg(ndcgCutoff);
    for (int group = 0; group < units.count(); group++) {
      int start = group == 0 ? 0 : ends[group - 1];
      scores.measure(group, order, Arrays.copyOfRange(ranks, start, ends[group]), ndcg);
    }
    return scores;
  }

  int groups() {
    return rows.length;
  }

  int rows(int group) {
    return rows[group];
  }

  /** Area under the ROC curve; NaN without a click or without a non-click. */
  double auc(int group) {
    return auc[group];
  }

  /** NDCG at the cutoff; NaN without a click. */
  double ndcg(int group) {
    return ndcg[group];
  }

  private static int[] starts(ScoreOrder order, Units units) {
    int[] starts = new int[units.count()];
    for (int row = 0; row < order.size(); row++) {
      starts[units.ofRow(row)]++;
    }
    int start = 0;
    for (int group = 0; group < starts.length; group++) {
      int size = starts[group];
      starts[group] = start;
      start += size;
    }
    return starts;
  }

  /**
   * @param ranks of the group's rows in the order, best first
   */
  private void measure(int group, ScoreOrder order, int[] ranks, Ndcg ndcg) {
    double area = 0;
    double gain = 0;
    int clicksAbove = 0;
    int to;
    for (int from = 0; from < ranks.length; from = to) {
      float probability = order.probability(ranks[from]);
      int clicks = 0;
      for (to = from; to < ranks.length && order.probability(ranks[to]) == probability; to++) {
        clicks += order.click(ranks[to]);
      }
      area += (to - from - clicks) * (clicksAbove + clicks / 2.0);
      gain += ndcg.gain(clicks, from, to);
      clicksAbove += clicks;
    }
    rows[group] = ranks.length;
    // 0 / 0 where a class is missing.
    auc[group] = area / ((double) clicksAbove * (ranks.length - clicksAbove));
    this.ndcg[group] = gain / ndcg.ideal(clicksAbove);
  }
}
