package dev.millrace.jobs.bench;

import dev.millrace.models.network.AutoInt;
import dev.millrace.models.train.TrainingDevice;

/**
 * What to measure: AutoInt of the paper's size on as many fields as Criteo has.
 *
 * @param form AUTHORS or FUXI_LN
 * @param batch examples of a step
 * @param steps of an epoch; one epoch warms up, the next is measured
 * @param threads of the engine on the CPU
 * @param device CPU or GPU
 * @param repetitions rounds, each of every variant
 * @param seed of examples and parameters
 */
record TrainingBenchConfig(
    AutoInt.Form form,
    int batch,
    int steps,
    int threads,
    TrainingDevice device,
    int repetitions,
    long seed) {
  static final int FIELDS = 39;
  static final int ROWS = 100_000;
  static final int DIM = 16;
  static final int LAYERS = 3;
  static final int HEADS = 2;
  static final int HEAD_DIM = 32;

  private static final int MAX_EXAMPLES = 10_000_000;

  TrainingBenchConfig {
    if (form == AutoInt.Form.PAPER) {
      throw new IllegalArgumentException("--form must be AUTHORS or FUXI_LN, found PAPER");
    }
    if (device == TrainingDevice.AUTO) {
      throw new IllegalArgumentException("--device must be CPU or GPU, found AUTO");
    }
    require("--batch", batch, 1, 1 << 16);
    require("--steps", steps, 1, MAX_EXAMPLES / batch);
    require("--threads", threads, 1, 1_024);
    require("--repetitions", repetitions, 1, 100);
  }

  AutoInt network() {
    return new AutoInt(form, LAYERS, HEADS, HEAD_DIM, 0, 0);
  }

  private static void require(String option, int found, int least, int most) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          "%s must be between %d and %d, found %d".formatted(option, least, most, found));
    }
  }
}
