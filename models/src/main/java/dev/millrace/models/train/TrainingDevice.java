package dev.millrace.models.train;

/** Where the engine computes. */
public enum TrainingDevice {
  /** On a GPU when the engine finds one, else on the CPU. */
  AUTO,
  /** On the CPU. */
  CPU,
  /** On the first GPU; training is refused when the engine finds none. */
  GPU
}
