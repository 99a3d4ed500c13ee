package dev.millrace.models.evaluate;

/** Hears how far a bootstrap is; called by one thread at a time, in ascending order. */
@FunctionalInterface
public interface BootstrapListener {
  /** A listener that does not care. */
  BootstrapListener SILENT = (done, replicates) -> {};

  /**
   * Hears of a replicate.
   *
   * @param done replicates that are done
   * @param replicates of all
   */
  void onReplicate(int done, int replicates);
}
