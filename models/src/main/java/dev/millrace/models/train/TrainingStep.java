package dev.millrace.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import dev.millrace.models.examples.ExampleBuffer;
import java.util.Map;

/** Forward, backward and optimiser step of one batch. */
final class TrainingStep {
  private final EngineNetwork engine;
  private final Optimizer optimizer;

  TrainingStep(EngineNetwork engine, AdamConfig adam) {
    this.engine = engine;
    this.optimizer = new Optimizer(adam, engine.parameters());
  }

  /** Trains on a batch and returns its mean log loss (nats) before the step. */
  double run(ExampleBuffer batch) {
    try (NDManager step = engine.newStep()) {
      Map<String, NDArray> leaves = engine.begin(step, batch, true);
      double loss = backward(step, leaves, batch);
      optimizer.step(step, leaves, engine.touched());
      return loss;
    }
  }

  /** Leaves the gradients of the mean log loss at the leaves. */
  double backward(NDManager step, Map<String, NDArray> leaves, ExampleBuffer batch) {
    try (GradientCollector collector = TrainingEngine.engine().newGradientCollector()) {
      NDArray logit = engine.logit(step, leaves, batch, true);
      NDArray label = step.create(batch.labels(), logit.getShape());
      // -log sigmoid(z) for a click and -log(1 - sigmoid(z)) for none, without either's overflow.
      NDArray loss = Activation.softPlus(logit).sub(logit.mul(label)).mean();
      collector.backward(loss);
      return loss.getFloat();
    }
  }
}
