package dev.millrace.models.evaluate;

/** Area under the ROC curve in one pass over rows that were sorted once; 5 bytes a row. */
final class WeightedAuc implements Resampled {
  private static final byte CLICK = 1;
  private static final byte LAST_OF_TIES = 2;

  /** Units of the rows in ascending order of score. */
  private final int[] units;

  private final byte[] marks;

  private WeightedAuc(int rows) {
    units = new int[rows];
    marks = new byte[rows];
  }

  static WeightedAuc of(ScoreOrder order, Units units) {
    WeightedAuc auc = new WeightedAuc(order.size());
    for (int rank = 0; rank < order.size(); rank++) {
      boolean last =
          rank == order.size() - 1 || order.probability(rank) != order.probability(rank + 1);
      auc.units[rank] = units.ofRow(order.row(rank));
      auc.marks[rank] = (byte) (order.click(rank) * CLICK | (last ? LAST_OF_TIES : 0));
    }
    return auc;
  }

  @Override
  public double measure(byte[] weights) {
    double area = 0;
    long clicks = 0;
    long others = 0;
    long tiedClicks = 0;
    long tied = 0;
    for (int rank = 0; rank < units.length; rank++) {
      int weight = weights[units[rank]];
      byte mark = marks[rank];
      tied += weight;
      tiedClicks += (long) weight * (mark & CLICK);
      if ((mark & LAST_OF_TIES) != 0) {
        long tiedOthers = tied - tiedClicks;
        area += tiedClicks * (others + tiedOthers / 2.0);
        clicks += tiedClicks;
        others += tiedOthers;
        tied = 0;
        tiedClicks = 0;
      }
    }
    return area / ((double) clicks * others);
  }
}
