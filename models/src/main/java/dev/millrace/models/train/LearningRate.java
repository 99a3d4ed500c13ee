package dev.millrace.models.train;

import dev.millrace.models.evaluate.BinaryMetrics;

/** The learning rate as it follows its schedule. */
final class LearningRate implements TrainingState.Part {
  private static final String RATE = "rate";
  private static final String BEST_AUC = "rate.bestAuc";
  private static final String EPOCHS = "rate.epochs";
  private static final String EPOCHS_WITHOUT_RISE = "rate.epochsWithoutRise";

  private final Schedule schedule;
  private final double first;
  private double rate;
  private int epochs;
  private double bestAuc;
  private int epochsWithoutRise;

  LearningRate(TrainingConfig.Optimisation optimisation) {
    this.schedule = optimisation.schedule();
    this.first = optimisation.adam().learningRate();
    this.rate = first;
  }

  double rate() {
    return rate;
  }

  /** Takes the metrics of a finished epoch. */
  void epochEnded(BinaryMetrics metrics) {
    epochs++;
    if (schedule instanceof Schedule.Plateau plateau && metrics.auc().isPresent()) {
      fallOnPlateau(plateau, metrics.auc().getAsDouble());
    } else if (schedule instanceof Schedule.Cosine cosine) {
      double done = Math.min(1, (double) epochs / cosine.epochs());
      rate = first * (1 + Math.cos(Math.PI * done)) / 2;
    }
  }

  private void fallOnPlateau(Schedule.Plateau plateau, double auc) {
    epochsWithoutRise = auc > bestAuc ? 0 : epochsWithoutRise + 1;
    bestAuc = Math.max(bestAuc, auc);
    if (epochsWithoutRise == plateau.patience()) {
      rate *= plateau.factor();
      epochsWithoutRise = 0;
    }
  }

  @Override
  public void save(TrainingState state) {
    state.put(RATE, rate);
    state.put(EPOCHS, epochs);
    state.put(BEST_AUC, bestAuc);
    state.put(EPOCHS_WITHOUT_RISE, epochsWithoutRise);
  }

  @Override
  public void restore(TrainingState state) {
    rate = state.getDouble(RATE);
    epochs = (int) state.getLong(EPOCHS);
    bestAuc = state.getDouble(BEST_AUC);
    epochsWithoutRise = (int) state.getLong(EPOCHS_WITHOUT_RISE);
  }
}
