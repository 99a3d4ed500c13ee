package dev.millrace.models.evaluate;

import java.util.Optional;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * DeLong's test of two AUCs on the same independent rows (DeLong, DeLong and Clarke-Pearson,
 * "Comparing the Areas under Two or More Correlated Receiver Operating Characteristic Curves",
 * 1988): a check of the bootstrap that draws nothing.
 *
 * @param difference AUC of the candidate less that of the baseline
 * @param standardError of the difference
 * @param pValue two-sided, of no difference
 */
public record PairedDeLong(double difference, double standardError, double pValue) {
  /** Empty unless each class has two rows. */
  static Optional<PairedDeLong> of(Scores baseline, Scores candidate) {
    double[] differences = placements(candidate);
    double[] subtracted = placements(baseline);
    for (int row = 0; row < differences.length; row++) {
      differences[row] -= subtracted[row];
    }
    Moments clicks = new Moments();
    Moments others = new Moments();
    for (int row = 0; row < differences.length; row++) {
      (baseline.click(row) == 1 ? clicks : others).add(differences[row]);
    }
    if (clicks.count < 2 || others.count < 2) {
      return Optional.empty();
    }
    double difference = clicks.mean;
    double error = Math.sqrt(clicks.varianceOfMean() + others.varianceOfMean());
    // Without any variance the models order the rows alike.
    double p = error == 0 ? 1 : Erfc.value(Math.abs(difference) / error / Math.sqrt(2));
    return Optional.of(new PairedDeLong(difference, error, p));
  }

  /** The share of the other class that each row is ranked rightly against, ties counting half. */
  private static double[] placements(Scores scores) {
    ScoreOrder order = ScoreOrder.of(scores);
    double clicks = order.clicks(0, order.size());
    double others = order.size() - clicks;
    double[] placements = new double[order.size()];
    double clicksBelow = 0;
    for (int from = 0; from < order.size(); ) {
      int to = order.tieEnd(from);
      double tiedClicks = order.clicks(from, to);
      double othersBelow = from - clicksBelow + (to - from - tiedClicks) / 2;
      double clicksAbove = clicks - clicksBelow - tiedClicks / 2;
      for (int rank = from; rank < to; rank++) {
        placements[order.row(rank)] =
            order.click(rank) == 1 ? othersBelow / others : clicksAbove / clicks;
      }
      clicksBelow += tiedClicks;
      from = to;
    }
    return placements;
  }

  /** Mean and variance by Welford's recurrence: differences may be tiny against each other. */
  private static final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
      count++;
      double distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    }

    double varianceOfMean() {
      return squares / (count - 1) / count;
    }
  }
}
