package dev.millrace.models.train;

/** How the learning rate changes from epoch to epoch. */
public sealed interface Schedule {
  /** It does not change. */
  Schedule CONSTANT = new Constant();

  /** The learning rate of the optimiser throughout. */
  record Constant() implements Schedule {}

  /**
   * The rate is multiplied whenever the validation AUC has not risen for some epochs, as FuxiCTR
   * reduces it on a plateau. Without an AUC it stays.
   *
   * @param factor in (0, 1)
   * @param patience epochs without a better validation AUC before the rate falls, at least 1; more
   *     than one fall takes a training whose own patience is longer
   */
  record Plateau(double factor, int patience) implements Schedule {
    public Plateau {
      if (!(factor > 0 && factor < 1)) {
        throw new IllegalArgumentException(
            "schedule.factor must be between 0 and 1, found " + factor);
      }
      if (patience < 1) {
        throw new IllegalArgumentException("schedule.patience must be >= 1, found " + patience);
      }
    }
  }

  /**
   * The rate falls from epoch to epoch along half a cosine, to almost nothing in the last one
   * (Loshchilov and Hutter, "SGDR", ICLR 2017, equation 5, without restarts).
   *
   * @param epochs over which it falls, at least 1; the training should have as many
   */
  record Cosine(int epochs) implements Schedule {
    public Cosine {
      if (epochs < 1) {
        throw new IllegalArgumentException("schedule.epochs must be >= 1, found " + epochs);
      }
    }
  }
}
