package dev.millrace.features.table;

import dev.millrace.features.ranking.BatchMedian;
import dev.millrace.features.ranking.ShiftedScore;
import dev.millrace.features.ranking.SurrogateModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scores that need a field's codes row by row, not its counts alone. */
final class ColumnScores {
  private static final int FOLDS = 4;

  private final int[] labels;
  private final int labelCount;
  private final int batchRows;
  private final ShiftedScore shifted = new ShiftedScore();

  /**
   * @param labels codes of the label by row
   */
  ColumnScores(int[] labels, int labelCount, int batchRows) {
    this.labels = labels;
    this.labelCount = labelCount;
    this.batchRows = batchRows;
  }

  /** OutRank's score: the median over batches. */
  double shifted(int[] codes, int cardinality) {
    BatchMedian median = new BatchMedian();
    for (int from = 0; from < codes.length; from += batchRows) {
      int to = Math.min(codes.length, from + batchRows);
      median.add(shifted.nats(codes, cardinality, labels, labelCount, from, to), to - from);
    }
    return median.median();
  }

  /**
   * Cross-validated score of a logistic regression on the one-hot field. Folds are OutRank's: the
   * rows of each label in file order, a quarter after the other.
   *
   * @throws TableException if no label has rows for two folds
   */
  double surrogate(int[] codes, int cardinality) {
    List<long[]> folds = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      folds.add(new long[cardinality * labelCount]);
    }
    long[] rowsOfLabel = new long[labelCount];
    for (int label : labels) {
      rowsOfLabel[label]++;
    }
    RankingOptions.require(
        Arrays.stream(rowsOfLabel).max().orElse(0) > 1,
        "surrogate must have a label of >= 2 rows",
        "1 row of each");
    long[] seen = new long[labelCount];
    for (int row = 0; row < codes.length; row++) {
      int label = labels[row];
      long fold = FOLDS * seen[label]++ / rowsOfLabel[label];
      folds.get((int) fold)[codes[row] * labelCount + label]++;
    }
    return SurrogateModel.score(folds, labelCount);
  }
}
