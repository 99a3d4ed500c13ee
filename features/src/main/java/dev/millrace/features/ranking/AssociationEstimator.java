package dev.millrace.features.ranking;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.IntStream;

/**
 * Measures the associations of fields over the same rows. The mean contribution of a cell is
 * computed once for the nodes of a {@link CountGrid}, and each column is spread over the nodes
 * once, so that a pair costs two matrix products of some hundred by some hundred whatever the
 * number of its distinct counts; counts of more than an eighth of the rows are taken as they are.
 * Thread-safe.
 */
public final class AssociationEstimator {
  private static final double ROUNDING = 1e-10;

  private final long rows;
  private final CountGrid grid;

  /** Mean contribution of the cell with the i-th and the j-th node as its margins. */
  private final double[][] means;

  private final Map<Margins, SpreadMargins> spread = new WeakHashMap<>();

  /** An estimator for columns of this many rows. */
  public AssociationEstimator(long rows) {
    this.rows = rows;
    this.grid = new CountGrid(rows);
    this.means = new double[grid.size()][grid.size()];
    for (int i = 0; i < grid.size(); i++) {
      for (int j = 0; j <= i; j++) {
        means[i][j] = CellLaw.ofCell(grid.node(i), grid.node(j), rows).mean();
        means[j][i] = means[i][j];
      }
    }
  }

  /**
   * The association of two fields.
   *
   * @param joint margins of the combinations of their values
   */
  public Association between(Margins a, Margins b, Margins joint) {
    require("a", a);
    require("b", b);
    require("joint", joint);
    double information = Math.max(0, a.entropyNats() + b.entropyNats() - joint.entropyNats());
    double expected = expectedNats(a, b);
    double bound = (a.entropyNats() + b.entropyNats()) / 2;
    return new Association(
        information,
        expected,
        adjusted(information, expected, bound),
        bound == 0 ? 1 : information / bound);
  }

  private static double adjusted(double information, double expected, double bound) {
    if (bound == 0) {
      return 1;
    }
    // Of two ids chance shows all there is.
    boolean room = bound - expected > ROUNDING * bound;
    return room ? (information - expected) / (bound - expected) : 0;
  }

  private void require(String key, Margins margins) {
    if (margins.rows() != rows) {
      throw new IllegalArgumentException(
          key + " must have " + rows + " rows, found " + margins.rows());
    }
  }

  /** Expected mutual information of two columns if they are independent. */
  double expectedNats(Margins a, Margins b) {
    SpreadMargins left = spread(a);
    SpreadMargins right = spread(b);
    double sum = right.overLarge(left.weights) + left.overLarge(right.weights);
    for (int i = 0; i < grid.size(); i++) {
      sum += left.weights[i] == 0 ? 0 : left.weights[i] * dot(means[i], right.weights);
    }
    for (long first : left.large) {
      for (long second : right.large) {
        sum += CellLaw.ofCell(first, second, rows).mean();
      }
    }
    return sum / rows;
  }

  private SpreadMargins spread(Margins margins) {
    synchronized (spread) {
      return spread.computeIfAbsent(margins, this::compute);
    }
  }

  private SpreadMargins compute(Margins margins) {
    double[] weights = new double[grid.size()];
    IntStream.Builder large = IntStream.builder();
    for (int i = 0; i < margins.size(); i++) {
      if (grid.holds(margins.count(i))) {
        grid.spread(margins.count(i), margins.multiplicity(i), weights);
      } else {
        for (long copy = 0; copy < margins.multiplicity(i); copy++) {
          large.add(i);
        }
      }
    }
    long[] counts = large.build().mapToLong(margins::count).toArray();
    double[][] byNode = new double[counts.length][grid.size()];
    for (int i = 0; i < counts.length; i++) {
      for (int node = 0; node < grid.size(); node++) {
        byNode[i][node] = CellLaw.ofCell(counts[i], grid.node(node), rows).mean();
      }
    }
    return new SpreadMargins(weights, counts, byNode);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** A column spread over the grid. */
  private static final class SpreadMargins {
    /** Of the nodes. */
    private final double[] weights;

    /** Counts that the grid does not hold. */
    private final long[] large;

    /** Mean contribution by large count and node. */
    private final double[][] byNode;

    private SpreadMargins(double[] weights, long[] large, double[][] byNode) {
      this.weights = weights;
      this.large = large;
      this.byNode = byNode;
    }

    /** The cells of the large counts and of another column's values on the grid. */
    double overLarge(double[] others) {
      double sum = 0;
      for (double[] means : byNode) {
        sum += dot(means, others);
      }
      return sum;
    }
  }
}
