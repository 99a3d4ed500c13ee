package dev.millrace.features.table;

/** Is told how far a long computation is. */
@FunctionalInterface
public interface Progress {

  /** Tells no one. */
  Progress NONE = (stage, done, share) -> {};

  /**
   * Called often.
   *
   * @param stage what is being done
   * @param done units done of it, such as rows
   * @param share of it done, in [0,1]; negative where that is not known
   */
  void at(String stage, long done, double share);
}
