package dev.millrace.features.report;

import dev.millrace.features.ranking.RankedGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields that are alike, put together step by step: agglomerative clustering with average linkage
 * (Sokal and Michener 1958) on the distance {@code 1 - max(0, similarity)} of a pair. Fields whose
 * pair was not counted, or whose similarity is below a hundredth, are at distance 1. Of equal
 * distances that of the earlier fields comes first, so that unrelated fields stay in their order.
 *
 * @param leaves indices of the fields in an order in which each cluster is contiguous, and the one
 *     with the earlier field comes first
 * @param merges one less than the fields, in the order in which they were made, by growing height
 */
record FieldClusters(List<Integer> leaves, List<Merge> merges) {

  FieldClusters {
    leaves = List.copyOf(leaves);
    merges = List.copyOf(merges);
  }

  /**
   * Two clusters become one.
   *
   * @param left a field if below the number of fields n, else the outcome of merge {@code left - n}
   * @param right likewise
   * @param height average distance of their fields, in [0,1]
   */
  record Merge(int left, int right, double height) {}

  /** A similarity that a reader would not call one; it must not shuffle unrelated fields. */
  static final double NEGLIGIBLE = 0.01;

  /** Clusters fields; takes time cubic in their number. */
  static FieldClusters of(List<String> features, List<RankedGroup> pairs) {
    if (features.isEmpty()) {
      return new FieldClusters(List.of(), List.of());
    }
    double[][] distances = distances(features, pairs);
    List<Merge> merges = new ArrayList<>();
    List<Cluster> clusters = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      clusters.add(new Cluster(i, i, List.of(i)));
    }
    while (clusters.size() > 1) {
      merges.add(mergeNearest(clusters, distances, features.size() + merges.size()));
    }
    return new FieldClusters(clusters.get(0).leaves(), merges);
  }

  /** A cluster; its distances stand in the row of its first field. */
  private record Cluster(int id, int row, List<Integer> leaves) {}

  private static Merge mergeNearest(List<Cluster> clusters, double[][] distances, int id) {
    int left = 0;
    int right = 1;
    for (int i = 0; i < clusters.size(); i++) {
      for (int j = i + 1; j < clusters.size(); j++) {
        if (distance(clusters, i, j, distances) < distance(clusters, left, right, distances)) {
          left = i;
          right = j;
        }
      }
    }
    double height = distance(clusters, left, right, distances);
    // Clusters stay in the order of their first fields: the later one goes into the earlier.
    Cluster into = clusters.get(left);
    Cluster from = clusters.remove(right);
    int total = into.leaves().size() + from.leaves().size();
    for (Cluster other : clusters) {
      double average =
          (into.leaves().size() * distances[into.row()][other.row()]
                  + from.leaves().size() * distances[from.row()][other.row()])
              / total;
      distances[into.row()][other.row()] = average;
      distances[other.row()][into.row()] = average;
    }
    List<Integer> leaves = new ArrayList<>(into.leaves());
    leaves.addAll(from.leaves());
    clusters.set(left, new Cluster(id, into.row(), leaves));
    return new Merge(into.id(), from.id(), height);
  }

  private static double distance(List<Cluster> clusters, int i, int j, double[][] distances) {
    return distances[clusters.get(i).row()][clusters.get(j).row()];
  }

  private static double[][] distances(List<String> features, List<RankedGroup> pairs) {
    Map<String, Integer> index = new HashMap<>();
    features.forEach(feature -> index.put(feature, index.size()));
    double[][] distances = new double[features.size()][features.size()];
    for (double[] row : distances) {
      Arrays.fill(row, 1);
    }
    for (RankedGroup pair : pairs) {
      Integer a = index.get(pair.features().get(0));
      Integer b = index.get(pair.features().get(1));
      if (a != null && b != null && pair.similarity() >= NEGLIGIBLE) {
        double distance = 1 - Math.min(1, pair.similarity());
        distances[a][b] = distance;
        distances[b][a] = distance;
      }
    }
    return distances;
  }
}
