package dev.millrace.features.report;

import dev.millrace.features.report.FieldClusters.Merge;
import java.util.List;

/** The tree of clusters, from its leaves on the left to distance 1 on the right. */
final class Dendrogram {
  /** Width of the distances from 0 to 1. */
  static final double WIDTH = 150;

  static final double AXIS_HEIGHT = 34;

  private static final double STUB = 6;

  /** Joins from here on say nothing and are left out. */
  private static final double UNRELATED = 0.95;

  private Dendrogram() {}

  /**
   * Draws the tree.
   *
   * @param step distance of neighbouring leaves; the first is half of it from the top
   */
  static void render(FieldClusters clusters, double step, Markup page) {
    int fields = clusters.leaves().size();
    axis(fields * step, page);
    double[] middle = new double[fields + clusters.merges().size()];
    double[] height = new double[middle.length];
    for (int i = 0; i < fields; i++) {
      middle[clusters.leaves().get(i)] = (i + 0.5) * step;
    }
    StringBuilder path = new StringBuilder();
    List<Merge> merges = clusters.merges();
    for (int i = 0; i < merges.size(); i++) {
      Merge merge = merges.get(i);
      height[fields + i] = merge.height();
      middle[fields + i] = (middle[merge.left()] + middle[merge.right()]) / 2;
      if (merge.height() < UNRELATED) {
        path.append('M').append(Numbers.length(start(merge.left(), fields, height)));
        path.append(' ').append(Numbers.length(middle[merge.left()]));
        path.append('H').append(Numbers.length(merge.height() * WIDTH));
        path.append('V').append(Numbers.length(middle[merge.right()]));
        path.append('H').append(Numbers.length(start(merge.right(), fields, height)));
      }
    }
    page.empty("path", "class", "tree", "d", path.toString());
  }

  private static void axis(double bottom, Markup page) {
    for (double distance : new double[] {0, 0.5, 1}) {
      String x = Numbers.length(distance * WIDTH);
      page.empty(
          "line", "class", "grid", "x1", x, "x2", x, "y1", "0", "y2", Numbers.length(bottom + 4));
      page.element(
          "text",
          Numbers.brief(1 - distance),
          "class",
          "tick",
          "x",
          x,
          "y",
          Numbers.length(bottom + 16),
          "text-anchor",
          "middle");
    }
    page.element(
        "text",
        "similarity",
        "class",
        "tick",
        "x",
        Numbers.length(WIDTH / 2),
        "y",
        Numbers.length(bottom + 30),
        "text-anchor",
        "middle");
  }

  /** Where a branch begins; that of a field stands out, so that copies are seen to join, too. */
  private static double start(int cluster, int fields, double[] height) {
    return cluster < fields ? -STUB : height[cluster] * WIDTH;
  }
}
