package dev.millrace.features.ranking;

import java.util.Arrays;

/**
 * Nodes between which functions of a count are interpolated, for counts of at most an eighth of the
 * rows. Small counts are nodes themselves; above, panels of three octaves hold Chebyshev nodes in
 * the logarithm of the count, rounded to whole counts. The mean contribution of a cell is analytic
 * in the logarithm of its margin, in a strip about as wide as pi to either side, so that a panel of
 * width ln 8 is interpolated to 1e-11.
 */
final class CountGrid {
  private static final int SMALL = 64;
  private static final int PANEL_RATIO = 8;
  private static final int PANEL_NODES = 24;

  private final int small;
  private final int panels;
  private final long[] nodes;

  /** Barycentric weights of the nodes of the panels. */
  private final double[] barycentric;

  /** The grid of columns with this many rows. */
  CountGrid(long rows) {
    long largest = rows / 8;
    this.small = (int) Math.min(SMALL, largest);
    int count = 0;
    for (long start = SMALL; start < largest; start *= PANEL_RATIO) {
      count++;
    }
    this.panels = count;
    this.nodes = new long[small + panels * PANEL_NODES];
    this.barycentric = new double[panels * PANEL_NODES];
    for (int i = 0; i < small; i++) {
      nodes[i] = 1L + i;
    }
    double start = SMALL;
    for (int panel = 0; panel < panels; panel++) {
      fill(panel, start);
      start *= PANEL_RATIO;
    }
  }

  private void fill(int panel, double start) {
    int first = panel * PANEL_NODES;
    for (int i = 0; i < PANEL_NODES; i++) {
      double position = (1 - Math.cos(Math.PI * (i + 0.5) / PANEL_NODES)) / 2;
      nodes[small + first + i] = Math.round(start * Math.pow(PANEL_RATIO, position));
    }
    for (int i = first; i < first + PANEL_NODES; i++) {
      double product = 1;
      for (int j = first; j < first + PANEL_NODES; j++) {
        product *= i == j ? 1 : Math.log((double) nodes[small + i] / nodes[small + j]);
      }
      barycentric[i] = 1 / product;
    }
  }

  /** Number of nodes. */
  int size() {
    return nodes.length;
  }

  /** The i-th node, a count. */
  long node(int i) {
    return nodes[i];
  }

  /** Whether functions of this count can be interpolated. */
  boolean holds(long count) {
    return count <= small || (panels > 0 && count <= SMALL * Math.pow(PANEL_RATIO, panels));
  }

  /**
   * Adds to the weights of the nodes, {@code [size]}, what {@code values} values of this count
   * weigh: the sum of weight times function over the nodes is then the sum of the function over the
   * values.
   */
  void spread(long count, long values, double[] weights) {
    if (count <= small) {
      weights[(int) count - 1] += values;
      return;
    }
    int panel = 0;
    for (long end = (long) SMALL * PANEL_RATIO; count > end; end *= PANEL_RATIO) {
      panel++;
    }
    int first = panel * PANEL_NODES;
    int hit = Arrays.binarySearch(nodes, small + first, small + first + PANEL_NODES, count);
    if (hit >= 0) {
      weights[hit] += values;
      return;
    }
    double[] shares = new double[PANEL_NODES];
    double sum = 0;
    for (int i = 0; i < PANEL_NODES; i++) {
      shares[i] = barycentric[first + i] / Math.log((double) count / nodes[small + first + i]);
      sum += shares[i];
    }
    for (int i = 0; i < PANEL_NODES; i++) {
      weights[small + first + i] += values * shares[i] / sum;
    }
  }
}
