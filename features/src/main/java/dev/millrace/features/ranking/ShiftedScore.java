package dev.millrace.features.ranking;

import java.util.Arrays;

/**
 * OutRank's score of a batch of rows in file order (Škrlj and Mramor, RecSys 2023): {@code H(F~|L)
 * - H(F|L)}, where F~ on the rows of a class of the label is F on the rows that lie the size of the
 * class further on, modulo the batch. Classes of one row are left out. It depends on the order of
 * the rows.
 *
 * <p>Not thread-safe: scratch space is reused from call to call.
 */
public final class ShiftedScore {
  private int[] counts = new int[0];
  private int[] order = new int[0];
  private double[] steps = {0};

  /**
   * The score of rows {@code [from, to)}, nats.
   *
   * @param field codes by row, in [0, fieldCardinality)
   * @param label codes by row, in [0, labelCardinality)
   */
  public double nats(
      int[] field, int fieldCardinality, int[] label, int labelCardinality, int from, int to) {
    int rows = to - from;
    reserve(fieldCardinality, rows);
    int[] ends = sortByLabel(label, labelCardinality, from, to);
    double sum = 0;
    for (int start = 0, code = 0; code < labelCardinality; start = ends[code], code++) {
      int size = ends[code] - start;
      if (size > 1) {
        sum += sumOfLogs(field, from, rows, start, ends[code], 0);
        sum -= sumOfLogs(field, from, rows, start, ends[code], size);
      }
    }
    return sum == 0 ? 0 : sum / rows;
  }

  /**
   * {@code sum c ln c} over the counts c of the field on a class's rows, moved by {@code shift}.
   */
  private double sumOfLogs(int[] field, int from, int rows, int start, int end, int shift) {
    double sum = 0;
    for (int i = start; i < end; i++) {
      sum += steps[counts[field[shifted(i, shift, rows) + from]]++];
    }
    for (int i = start; i < end; i++) {
      counts[field[shifted(i, shift, rows) + from]] = 0;
    }
    return sum;
  }

  private int shifted(int i, int shift, int rows) {
    int row = order[i] + shift;
    return row < rows ? row : row - rows;
  }

  /** Orders the batch's rows by label and returns where each label ends. */
  private int[] sortByLabel(int[] label, int labelCardinality, int from, int to) {
    int[] ends = new int[labelCardinality + 1];
    for (int row = from; row < to; row++) {
      ends[label[row] + 1]++;
    }
    for (int code = 0; code < labelCardinality; code++) {
      ends[code + 1] += ends[code];
    }
    for (int row = from; row < to; row++) {
      order[ends[label[row]]++] = row - from;
    }
    return ends;
  }

  private void reserve(int fieldCardinality, int rows) {
    if (counts.length < fieldCardinality) {
      counts = new int[fieldCardinality];
    }
    if (order.length < rows) {
      order = new int[rows];
      int known = steps.length;
      steps = Arrays.copyOf(steps, rows);
      for (int count = known; count < rows; count++) {
        steps[count] = (count + 1) * Math.log(count + 1) - count * Math.log(count);
      }
    }
  }
}
