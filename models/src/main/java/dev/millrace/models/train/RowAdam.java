package dev.millrace.models.train;

import java.util.Arrays;

/**
 * Adam of an embedding table, on the heap.
 *
 * <p>A row that every batch touches moves alike under both {@link RowUpdates}; so does every
 * touched row in the first step. Bias correction counts every step.
 */
final class RowAdam {
  private final EmbeddingTable table;
  private final float[] firstMoment;
  private final float[] secondMoment;
  private final float[] gradient;

  RowAdam(EmbeddingTable table) {
    this.table = table;
    this.firstMoment = new float[table.values().length];
    this.secondMoment = new float[table.values().length];
    this.gradient = new float[table.dim()];
  }

  /**
   * Moves rows.
   *
   * @param gradients of the touched rows, {@code [touched.count, dim]}
   * @param rule which rows move, and what is added to their gradients
   */
  void update(float[] gradients, TouchedRows touched, RowRule rule, AdamStep step) {
    switch (rule.updates()) {
      case LAZY -> {
        for (int position = 0; position < touched.count(); position++) {
          int row = touched.row(position);
          if (row < table.movableRows()) {
            move(row, gradients, position, rule.penalty(), step);
          }
        }
      }
      case EVERY_ROW -> {
        for (int row = 0; row < table.movableRows(); row++) {
          move(row, gradients, touched.positionOf(row), rule.penalty(), step);
        }
      }
    }
  }

  /** Moves a row; a negative position means that its gradient is zero. */
  private void move(int row, float[] gradients, int position, Penalty penalty, AdamStep step) {
    int dim = table.dim();
    if (position >= 0) {
      System.arraycopy(gradients, position * dim, gradient, 0, dim);
    } else {
      Arrays.fill(gradient, 0);
    }
    penalty.addTo(gradient, table.values(), row * dim);
    move(row * dim, step);
  }

  /** Written in single precision and without a call, so that the compiler vectorises it. */
  private void move(int from, AdamStep step) {
    float[] values = table.values();
    float beta1 = step.beta1();
    float beta2 = step.beta2();
    float newFirst = step.newFirst();
    float newSecond = step.newSecond();
    float rate = step.rate();
    float rootCorrection = step.rootCorrection();
    float epsilon = step.epsilon();
    for (int i = 0; i < gradient.length; i++) {
      float first = beta1 * firstMoment[from + i] + newFirst * gradient[i];
      float second = beta2 * secondMoment[from + i] + newSecond * gradient[i] * gradient[i];
      firstMoment[from + i] = first;
      secondMoment[from + i] = second;
      values[from + i] -= rate * first / ((float) Math.sqrt(second) * rootCorrection + epsilon);
    }
  }

  float[] firstMoment() {
    return firstMoment;
  }

  float[] secondMoment() {
    return secondMoment;
  }

  /** Takes moments as they were given. */
  void restore(float[] first, float[] second) {
    System.arraycopy(first, 0, firstMoment, 0, firstMoment.length);
    System.arraycopy(second, 0, secondMoment, 0, secondMoment.length);
  }
}
