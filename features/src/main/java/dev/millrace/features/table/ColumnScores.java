package dev.millrace.features.table;

import dev.millrace.features.ranking.BatchMedian;
import dev.millrace.features.ranking.ShiftedScore;
import dev.millrace.features.ranking.SurrogateModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Scores that need a field's codes row by row, not its counts alone. */
final class ColumnScores {
  private static final int FOLDS = 5;

  /** Of the folds: a row's fold is a function of its number and this. */
  private static final long FOLD_SEED = 0x5EED_F01DL;

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

  /** Cross-validated score of a logistic regression on the one-hot field. */
  double surrogate(int[] codes, int cardinality) {
    List<long[]> folds = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      folds.add(new long[cardinality * labelCount]);
    }
    SplittableRandom random = new SplittableRandom(FOLD_SEED);
    for (int row = 0; row < codes.length; row++) {
      folds.get(random.nextInt(FOLDS))[codes[row] * labelCount + labels[row]]++;
    }
    return SurrogateModel.score(folds, labelCount);
  }
}
