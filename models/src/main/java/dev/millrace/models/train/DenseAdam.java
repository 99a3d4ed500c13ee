package dev.millrace.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Adam of a parameter that every step uses, in place on the engine. */
final class DenseAdam {
  private final AdamConfig config;
  private final NDArray value;
  private final NDArray firstMoment;
  private final NDArray secondMoment;

  /** The moments belong to the manager of {@code value}. */
  DenseAdam(AdamConfig config, NDArray value) {
    this.config = config;
    this.value = value;
    this.firstMoment = value.zerosLike();
    this.secondMoment = value.zerosLike();
  }

  /**
   * Moves the value.
   *
   * @param manager of temporary arrays
   * @param gradient of the value's shape
   * @param step from 1
   */
  void update(NDManager manager, NDArray gradient, long step) {
    try (NDManager temporary = manager.newSubManager()) {
      temporary.tempAttachAll(value, firstMoment, secondMoment);
      firstMoment.muli(config.beta1()).addi(gradient.mul(1 - config.beta1()));
      secondMoment.muli(config.beta2()).addi(gradient.square().muli(1 - config.beta2()));
      NDArray denominator =
          secondMoment.sqrt().muli(config.rootCorrection(step)).addi(config.epsilon());
      value.subi(firstMoment.div(denominator).muli(config.correctedRate(step)));
    }
  }
}
