package dev.millrace.features.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * OutRank's 3MR order, maximum relevance, minimum redundancy, maximum relation: greedily the field
 * with the greatest {@code relevance - alpha redundancy + beta relation}, the last two against the
 * fields already chosen. Each is first scaled to [0,1] by its least and its greatest value.
 *
 * @param alpha weight of redundancy, &gt;= 0
 * @param beta weight of relation, &gt;= 0
 * @param over how the chosen fields count together
 */
public record ThreeMr(double alpha, double beta, Aggregation over) {

  /** OutRank's weights: 1 and 1, by the median. */
  public static final ThreeMr DEFAULT = new ThreeMr(1, 1, Aggregation.MEDIAN);

  public ThreeMr {
    requireWeight("alpha", alpha);
    requireWeight("beta", beta);
  }

  private static void requireWeight(String key, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(key + " must be >= 0 and finite, found " + weight);
    }
  }

  /** How a field's values against the chosen fields become one. */
  public enum Aggregation {
    /** The middle one, or the mean of the two in the middle. */
    MEDIAN,
    /** The arithmetic mean. */
    MEAN,
    /** The sum, which makes redundancy and relation weigh more with every field chosen. */
    SUM;

    private double of(double[] values) {
      return switch (this) {
        case MEDIAN -> {
          double[] sorted = values.clone();
          Arrays.sort(sorted);
          yield (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
        case MEAN -> Arrays.stream(values).average().orElse(0);
        case SUM -> Arrays.stream(values).sum();
      };
    }
  }

  /**
   * All fields in the order of selection, equal ones in the order given.
   *
   * @param relevance by field
   * @param redundancy symmetric: what the fields i and j tell about each other; the diagonal is not
   *     read
   * @param relation symmetric: what they tell about the label together; the diagonal is not read
   */
  public Selection select(
      List<String> features, double[] relevance, double[][] redundancy, double[][] relation) {
    Scale relevances = Scale.of(relevance);
    Scale redundancies = Scale.offDiagonal(redundancy);
    Scale relations = Scale.offDiagonal(relation);
    List<Integer> left = JointSelection.indices(relevance.length);
    List<Integer> chosen = new ArrayList<>();
    List<Selection.Step> steps = new ArrayList<>();
    while (!left.isEmpty()) {
      double[] values = new double[relevance.length];
      for (int i : left) {
        values[i] =
            relevances.apply(relevance[i])
                - alpha * against(chosen, redundancy[i], redundancies)
                + beta * against(chosen, relation[i], relations);
      }
      int taken = JointSelection.best(left, i -> values[i]);
      left.remove((Integer) taken);
      chosen.add(taken);
      steps.add(new Selection.Step(features.get(taken), values[taken]));
    }
    return new Selection("3mr", steps);
  }

  private double against(List<Integer> chosen, double[] values, Scale scale) {
    return chosen.isEmpty()
        ? 0
        : over.of(chosen.stream().mapToDouble(j -> scale.apply(values[j])).toArray());
  }

  /** Min-max scaling; where all are equal they become 0. */
  private record Scale(double least, double range) {
    static Scale of(double... values) {
      double least = Arrays.stream(values).min().orElse(0);
      return new Scale(least, Arrays.stream(values).max().orElse(0) - least);
    }

    static Scale offDiagonal(double[][] values) {
      double[] all = new double[Math.max(0, values.length * (values.length - 1))];
      int size = 0;
      for (int i = 0; i < values.length; i++) {
        for (int j = 0; j < values.length; j++) {
          if (i != j) {
            all[size++] = values[i][j];
          }
        }
      }
      return of(all);
    }

    double apply(double value) {
      return range == 0 ? 0 : (value - least) / range;
    }
  }
}
