package dev.millrace.models.calibrate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Fits isotonic calibration: pools adjacent violators (Ayer et al., 1955; Zadrozny and Elkan, KDD
 * 2002) and sets a knot at the centre of each block (centred isotonic regression: Oron and
 * Flournoy, "Centered Isotonic Regression", Statistics in Biopharmaceutical Research, 2017).
 * Between the centres the curve rises, no steeper than {@link SlopeBound} has it, where steps would
 * tie whole blocks and jump at their edges.
 */
final class IsotonicFitter {
  private static final double FIRST_TOLERANCE = 1e-6;
  private static final double TOLERANCE_GROWTH = 1.25;

  private IsotonicFitter() {}

  /**
   * @throws IllegalArgumentException when the logits do not rise with the labels anywhere
   */
  static Isotonic fit(LogitCounts counts) {
    List<Block> blocks = pool(counts);
    if (blocks.size() == 1) {
      throw new IllegalArgumentException(
          "logits must rise with the labels to be calibrated, found one click rate that fits all");
    }
    // So many rows cannot tell a probability from 0 or 1 any closer (Laplace's law of succession).
    double least = 1.0 / (counts.totalRows() + 2);
    double[] rates = boundedRates(blocks);
    List<Isotonic.Knot> knots = new ArrayList<>();
    for (int i = 0; i < rates.length; i++) {
      double probability = Math.min(Math.max(rates[i], least), 1 - least);
      knots.add(new Isotonic.Knot((float) blocks.get(i).centre(), (float) probability));
    }
    return new Isotonic(thin(knots));
  }

  /** The click rates of the blocks, moved where they rise too steeply. */
  private static double[] boundedRates(List<Block> blocks) {
    double[] centres = blocks.stream().mapToDouble(Block::centre).toArray();
    double[] rows = blocks.stream().mapToDouble(Block::rows).toArray();
    double[] rates = blocks.stream().mapToDouble(Block::clickRate).toArray();
    return new SlopeBound(centres, rows).nearest(rates);
  }

  /** Rows of neighbouring logits that share a click rate. */
  private record Block(long rows, long clicks, double logitSum) {
    double clickRate() {
      return (double) clicks / rows;
    }

    double centre() {
      return logitSum / rows;
    }

    /** Exact while there are fewer than 3e9 rows. */
    boolean violates(Block next) {
      return clicks * next.rows >= next.clicks * rows;
    }

    Block with(Block other) {
      return new Block(rows + other.rows, clicks + other.clicks, logitSum + other.logitSum);
    }
  }

  private static List<Block> pool(LogitCounts counts) {
    Deque<Block> blocks = new ArrayDeque<>();
    for (int i = 0; i < counts.size(); i++) {
      int rows = counts.rows(i);
      Block block = new Block(rows, counts.clicks(i), (double) counts.logit(i) * rows);
      while (!blocks.isEmpty() && blocks.getLast().violates(block)) {
        block = blocks.removeLast().with(block);
      }
      blocks.addLast(block);
    }
    return List.copyOf(blocks);
  }

  /**
   * Leaves out knots that the line between their neighbours comes close to, as close as the most
   * knots allow: within a tolerance of {@code p (1 - p)}, which is the same distance in logits.
   */
  static List<Isotonic.Knot> thin(List<Isotonic.Knot> knots) {
    List<Isotonic.Knot> kept = knots;
    double tolerance = FIRST_TOLERANCE;
    while (kept.size() > Isotonic.MOST_KNOTS) {
      kept = thin(knots, tolerance);
      tolerance *= TOLERANCE_GROWTH;
    }
    return kept;
  }

  private static List<Isotonic.Knot> thin(List<Isotonic.Knot> knots, double tolerance) {
    List<Isotonic.Knot> kept = new ArrayList<>();
    kept.add(knots.get(0));
    Cone cone = new Cone(knots.get(0), tolerance);
    for (int i = 1; i < knots.size() - 1; i++) {
      cone.narrow(knots.get(i));
      if (!cone.holds(knots.get(i + 1))) {
        kept.add(knots.get(i));
        cone = new Cone(knots.get(i), tolerance);
      }
    }
    kept.add(knots.get(knots.size() - 1));
    return kept;
  }

  /** The slopes of the lines from a knot that come close enough to the knots passed. */
  private static final class Cone {
    private final Isotonic.Knot apex;
    private final double tolerance;
    private double least = Double.NEGATIVE_INFINITY;
    private double most = Double.POSITIVE_INFINITY;

    Cone(Isotonic.Knot apex, double tolerance) {
      this.apex = apex;
      this.tolerance = tolerance;
    }

    void narrow(Isotonic.Knot knot) {
      double probability = knot.probability();
      double margin = tolerance * probability * (1 - probability);
      least = Math.max(least, slope(knot, -margin));
      most = Math.min(most, slope(knot, margin));
    }

    boolean holds(Isotonic.Knot knot) {
      double slope = slope(knot, 0);
      return slope >= least && slope <= most;
    }

    private double slope(Isotonic.Knot knot, double raised) {
      return (knot.probability() + raised - apex.probability())
          / ((double) knot.logit() - apex.logit());
    }
  }
}
