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
  private final double positiveWeight;
  private final long seed;

  TrainingStep(EngineNetwork engine, TrainingConfig config) {
    this.engine = engine;
    this.optimizer = new Optimizer(config, engine.parameters());
    this.positiveWeight = config.loss().positiveWeight();
    this.seed = config.seed();
  }

  Optimizer optimizer() {
    return optimizer;
  }

  /** Trains on a batch and returns its mean loss (nats), penalties left out, before the step. */
  double run(ExampleBuffer batch, double learningRate) {
    TrainingEngine.seed(seed, optimizer.steps());
    try (NDManager step = engine.newStep()) {
      Map<String, NDArray> leaves = engine.begin(step, batch, true);
      double loss = backward(step, leaves, batch);
      optimizer.step(step, leaves, engine.touched(), learningRate);
      return loss;
    }
  }

  /** Leaves the gradients of the mean loss at the leaves. */
  double backward(NDManager step, Map<String, NDArray> leaves, ExampleBuffer batch) {
    try (GradientCollector collector = TrainingEngine.engine().newGradientCollector()) {
      NDArray loss = forward(step, leaves, batch);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  /**
   * The mean loss. Everything else that the forward pass made is let go, so that the engine frees
   * it as the backward pass goes along: holding it until the step ends costs a third of the step,
   * which goes into fresh pages.
   */
  private NDArray forward(NDManager step, Map<String, NDArray> leaves, ExampleBuffer batch) {
    try (NDManager forward = step.newSubManager()) {
      forward.tempAttachAll(leaves.values().toArray(NDArray[]::new));
      NDArray logit = engine.logit(forward, leaves, batch, true);
      NDArray label = TrainingEngine.copy(forward, batch.labels(), logit.getShape());
      // -log sigmoid(z) for a click and -log(1 - sigmoid(z)) for none, without either's overflow.
      NDArray losses = Activation.softPlus(logit).sub(logit.mul(label));
      if (positiveWeight != 1) {
        losses = losses.mul(label.mul(positiveWeight - 1).add(1));
      }
      NDArray loss = losses.mean();
      loss.attach(step);
      return loss;
    }
  }
}
