package dev.millrace.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Adam of a parameter that every step uses, in place on the engine. */
final class DenseAdam {
  private final double l2;
  private final NDArray value;
  private final NDArray firstMoment;
  private final NDArray secondMoment;

  /**
   * The moments belong to the manager of {@code value}.
   *
   * @param l2 penalty on the value
   */
  DenseAdam(NDArray value, double l2) {
    this.l2 = l2;
    this.value = value;
    this.firstMoment = value.zerosLike();
    this.secondMoment = value.zerosLike();
  }

  /**
   * Moves the value.
   *
   * @param manager of temporary arrays
   * @param gradient of the value's shape; changed
   */
  void update(NDManager manager, NDArray gradient, AdamStep step) {
    try (NDManager temporary = manager.newSubManager()) {
      temporary.tempAttachAll(value, gradient, firstMoment, secondMoment);
      if (l2 > 0) {
        gradient.addi(value.mul(l2));
      }
      firstMoment.muli(step.beta1()).addi(gradient.mul(step.newFirst()));
      secondMoment.muli(step.beta2()).addi(gradient.square().muli(step.newSecond()));
      NDArray denominator = secondMoment.sqrt().muli(step.rootCorrection()).addi(step.epsilon());
      value.subi(firstMoment.div(denominator).muli(step.rate()));
    }
  }

  float[] firstMoment() {
    return TrainingEngine.values(firstMoment);
  }

  float[] secondMoment() {
    return TrainingEngine.values(secondMoment);
  }

  /** Takes moments as they were given. */
  void restore(float[] first, float[] second) {
    EngineParameters.set(firstMoment, first);
    EngineParameters.set(secondMoment, second);
  }
}
