package dev.millrace.models.train;

/** Hears about a training about once a second and at the end of each epoch, on its thread. */
@FunctionalInterface
public interface TrainingListener {
  /** A listener that does not care. */
  TrainingListener SILENT = progress -> {};

  void onProgress(TrainingProgress progress);
}
