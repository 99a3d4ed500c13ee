package dev.millrace.models.train;

import dev.millrace.models.examples.ExampleSource;
import dev.millrace.models.network.EmbeddingLayout;

/**
 * What a training reads.
 *
 * @param training at least one example
 * @param validation possibly none
 */
record TrainingExamples(ExampleSource training, ExampleSource validation) {
  /**
   * Checks that examples are made for a layout.
   *
   * @throws IllegalArgumentException when they are not, or there are none to train on
   */
  void requireFit(EmbeddingLayout layout) {
    layout.requireLookups("training", training.lookups());
    layout.requireLookups("validation", validation.lookups());
    if (training.count() == 0) {
      throw new IllegalArgumentException("training must hold at least 1 example, found 0");
    }
  }
}
