package dev.millrace.models.train;

/**
 * Lazy Adam of an embedding table: a row's moments decay and its values move only in the steps that
 * touch it, while bias correction counts every step. A row that every batch touches moves as under
 * plain Adam; so does every row in the first step.
 */
final class LazyRowAdam {
  private final AdamConfig config;
  private final EmbeddingTable table;
  private final float[] firstMoment;
  private final float[] secondMoment;

  LazyRowAdam(AdamConfig config, EmbeddingTable table) {
    this.config = config;
    this.table = table;
    this.firstMoment = new float[table.values().length];
    this.secondMoment = new float[table.values().length];
  }

  /**
   * Moves the touched rows.
   *
   * @param gradient of the touched rows, {@code [touched.count, dim]}
   * @param step from 1
   */
  void update(float[] gradient, TouchedRows touched, long step) {
    double rate = config.correctedRate(step);
    double rootCorrection = config.rootCorrection(step);
    int dim = table.dim();
    for (int position = 0; position < touched.count(); position++) {
      int row = touched.row(position) * dim;
      for (int i = 0; i < dim; i++) {
        move(row + i, gradient[position * dim + i], rate, rootCorrection);
      }
    }
  }

  private void move(int index, float gradient, double rate, double rootCorrection) {
    double first = config.beta1() * firstMoment[index] + (1 - config.beta1()) * gradient;
    double second =
        config.beta2() * secondMoment[index] + (1 - config.beta2()) * gradient * gradient;
    firstMoment[index] = (float) first;
    secondMoment[index] = (float) second;
    double denominator = Math.sqrt(second) * rootCorrection + config.epsilon();
    table.values()[index] -= (float) (rate * first / denominator);
  }
}
